import type { PhraseList } from './reply-phrases.ts';

/** Politeness, and words around an answer. */
export const courtesies: readonly PhraseList[] = [
  {
    means: 'polite',
    phrases: [
      '[please|kindly|pls|plz|plss|confirmed|tq|thanks|thank you|thank u|thankyou|thx|thnx|tks|tnx|ty|tyvm|cheers|many thanks|thanks a lot|thank you very much|thank you so much|hi|hello|hey|dear|hiya|ok|okay|oh|sir|madam|mam|maam|kind regards|regards|good morning|good evening|good night|good afternoon|morning|evening|xx|xxx|x]',
      '[thanks|thank you|thank u|thx|thnx|ty|cheers|many thanks|thank you so much|thank you very much|thanks a lot] for [the|your|a|this]? [checking|asking|letting me know|looking out|heads up|alert|text|message|msg|notification|call|check|concern|help|verifying|confirming|double checking|checking in|being careful|asking me|checking with me|looking out for me|reaching out|quick check|quick alert|quick text|vigilance|info|service]',
      '[appreciate it|appreciated|much appreciated|really appreciate it|i appreciate it|appreciate the check|appreciate the alert|have a good day|have a nice day|have a great day]',
      '[谢谢|感谢|多谢|谢谢你|谢谢您|谢谢你们|感谢您] [你|您|你们]? [的]? [提醒|确认|关心|告知|通知|服务|核实]',
      '[all good|its all good|ta|la|lah|lar]',
      'sorry for [the|my]? [late|slow|delayed]? [reply|response|delay|wait]',
      '[i can|i|can|i hereby]? confirm [the|this|that]? [<charge>]?',
      '[i can|i]? confirm that',
      '[请|谢谢|谢谢你|谢谢您|谢谢你们|谢|谢了|谢啦|多谢|感谢|你好|您好|你们好|哈喽|哈啰|嗨|喂|亲|辛苦|辛苦了|麻烦了|麻烦|早|早上好|晚上好|下午好|晚安|早安|不该|不该晒|感恩]',
      '[嗯|恩|嗯嗯|哦|噢|喔|好|好的|好滴|好哒|行|啊|呀|哈|哈哈|呵呵|啦|喽|咯|嘞|诶|欸|哎|哟|呐|哒|滴|了|的|嘅|捏|耶|欧|吼|齁|内|喂]',
    ],
  },
  {
    means: 'around',
    phrases: [
      '[reply|answer|ans|answer is|ans is|reply is|the answer is|option|press|choose|select|number|card|tag|ending|ending in|ending with|for|my answer is|my reply is|it is|it|its|this|that]',
      '[回复|回|选|选择|选项|答|答案|答案是|我选|我选择|我回|我回复|按|发|尾号|尾数|卡|卡号|号|这笔|这个|这张|标签|末四位|后四位]',
    ],
  },
];

/** Understood words that are too much for a YES; last, so that every other phrase of their length goes first. */
export const asides: readonly PhraseList[] = [
  {
    means: 'aside',
    phrases: [
      '[对不起|不好意思|抱歉|不要|不行|不可以|不用|没关系|没问题|没有问题|没事|没事的|不客气|收到|知道了|明白|了解|不必|不想|不会|不能|不在|不准|不许|不用了|不要紧|没收到|没有收到]',
      '[no problem|no problems|no worries|no prob|no probs|no prb|no need|no thanks|no thank you|no one|no reply|no more|no longer|no big deal|no biggie|no issue|no issues|no matter|no questions|no rush|no comment|no way of knowing|no signal|not a problem|not an issue|not yet|not now|not for me|not home|not here|not working|not fair|not funny|not in|not so fast|not bad|not my fault|not my problem|my fault|never mind|nevermind]',
      '[do|did] it',
      '[leh|lor|hor|meh|liao]',
      '[绝对|绝对的|需要|有人吗|有人在吗|打错字|打错了字|写错|输错|按错|发错字]',
      'no [money|english|time|service|coverage|battery]',
      'of mine',
      '[it|this|that] [me|mine]',
      '对 [了|哦]',
      '是 [哦|喔|噢|哈|呢]',
      '[please|pls|can you|could you|you|to|must] confirm',
      '[this|that|which|these|the|every|no|any|each|another] [1|one]',
      '[这|那|哪] [1|一]',
      '[说|显示|提示|告诉我|写|讲|写着|通知] [是|我说]? [我|我的卡|本人] [在]? [刚|刚刚|刚才]? <zh-buy> [了|过|的]?',
      '[says|saying|said|say|claims|claiming|think|thinks|thought] [that]? [i|it was|its|it is] [just]? [made|bought|did|spent|paid|ordered|authorized|authorised|me|mine] <the>? <the>? <charge>?',
      '我的 [投诉|案子|案件|申请|工单|单子|事|事情|问题|报案|订单|申诉|case|ticket]',
      '[leave|tell|ask|text|send|give|let|for|to|with|bother|show|email|contact|charge|charged|on|told|gave|from|excuse|believe|trust|scared|scaring|got|get|gets|remind|forgive|wake|woke|waking] me',
      '[我的|my|the|本人的] [天|妈|老天|银行卡|卡|信用卡|账户|钱|手机|号码|电话|god|card|account|money|phone|number|bank]',
      '是 我的 [卡|信用卡|银行卡|号码|手机|账户]',
      '[卡|信用卡|号码] [是]? 我的',
      '<the>? [card|number|phone] [is]? mine',
      '[its|it is|is] my [card|number|phone|account]',
      '[i am|i was|im|i|we|u|you|your|is|was|are|were|has|have|had|the|a|an|at|in|on|to|of|from|with|by|so|just|now|then|and|or|sorry|sir|guys|bank|money|fine|alright|good|great|sure|right|wtf|omg|lol|haha|hell|shit|fuck|fucking|damn|god|jesus|what|who|why|how|when|where|which|there|here|he|she|they|them|his|her|him|my|our|asap|immediately|home|house|asleep|sleeping|bed|still|cant|ive|id|ill|were|every|because|cuz|cause|since|after|before|took|take|made|see|saw|seen|hope|got|gave|put|let|much|many|more|most|lot|both|each|out|up|off|down|over|under|until|about|into|than|might|must|should|very|really|definitely|absolutely|certainly|course|way|all|any|been|be|sent|can|could|would|will|need|want|know|think|tell|told|say|get|go|going|check|look|give|back|call|text|today|yesterday|tonight|again|too|also|as|these|those|some|charge|charges|purchase|purchases|transaction|transactions|payment|one|thing|man|bro|mate|dude|love|dont|do|did|never|stole|scam|scammer|scammers|fraudster|legit|real|genuine|s|m|t|d|ll|re|ve|ah|ahh|ugh|um|uh|hmm|erm|well|like|actually|even|ever|us]',
      '[我|你|他|她|它|们|是|在|有|和|跟|就|都|也|还|又|这|那|个|笔|把|给|被|让|要|想|能|会|可|以|说|看|去|来|到|上|下|中|里|家|人|国|钱|银|行|哪|什|怎|为|何|呢|嘛|很|太|真|快|马|赶|紧|点|请|查|帮|问|现|今|天|昨|晚|刚|才|没|吧|什么|自己|一下|一|过|着|得|地|之|与|或|于|从|向|因|所|而|且|如|当|然|肯|定|绝|根|本|完|全|交|易|消|费|用|做|弄|动|啥|咋|哇|靠|擦|妈|滚|急|在家|睡觉|人在|手机|电话|短信|信息|银行|案子|案件|案|信用卡|银行卡|卡片|先|生|女|士|小|姐|客|服]',
    ],
  },
];
