/**
 * Named lists of words that phrases share, each entry in the notation of `reply-pattern.ts`. A class may use
 * those above it. Chinese is simplified: traditional characters, 唔 (不) and 冇 (没) are folded before.
 */
export const wordClasses: Readonly<Record<string, string>> = {
  charge: `charge|charges|purchase|purchases|transaction|transactions|transation|payment|payments|order|orders|expense|debit|
    spending|spend|spendings|bill|sale|amount|activity|buy|trade`,
  family: `wife|husband|hubby|son|daughter|kid|kids|child|children|mom|mum|mother|dad|father|brother|sister|partner|
    girlfriend|boyfriend|friend|family|parents|spouse|fiance|colleague|boss|assistant`,
  // Negators as people write and mistype them; "note", "now" and other words of their own are not among them.
  not: `not|nto|nt|n o t|noit|nit|nott|noot|noy|mot|ont|bot|nor|isnt|is nt|isn t|isint|isnot|wasnt|was nt|wasn t|wasent|wasnot|wasn|
    arent|aren t|werent|weren t|aint|ain t|never|cant be|cannot be|couldnt be|could not be|couldnt have been|cant have been`,
  'did-not': `aint|ain t|didnt|didn t|did nt|did not|did nto|didnot|didn|dint|ddnt|didt|never|nvr|nevr|haven t|havent|have not|hasnt|hadnt|
    had not|has not|havnt|wasnt|wasn t|was not|were not|werent|isnt|not|nto|no one|nobody|none of us|couldnt have|
    could not have|would never|wouldnt|would not`,
  'do-not': `dont|don t|do nt|do not|donot|dnt|doesnt|does not|cant|cannot|can not|wont|will not`,
  between: `even|actually|really|definitely|absolutely|certainly|obviously|clearly|personally|at|all|ever|been|by|from|made|done|
    any|of|either|a|fucking|bloody|damn|freaking|even|for|us|the one who|the one that|one of|part of|nothing|me who|something|that|this|it|one|these|
    them|those|yet|ever|have|has|be|just|also|go|went|going|try|trying|tried|myself|have to|knowingly|remotely|anyone`,
  bought: `make|made|making|mke|do|done|did|doing|buy|bought|brought|buying|byu|spend|spent|use|used|using|
    authorize|authorise|authorized|authorised|authorizing|authorising|approve|approved|order|ordered|purchase|purchased|
    purchasing|pay|paid|payed|swipe|swiped|tap|tapped|subscribe|subscribed|sign up|signed up|signup|recognize|recognise|
    recognized|recognised|recognizing|recognising|initiate|initiated|request|requested|
    place|placed|perform|performed|attempt|attempted|book|booked|shop|shopped|charge|charged|agree to|consent|
    visit|visited|there|transact|transfer|transferred|touch|touched|give permission|gave permission|permit|allow|confirm`,
  refuse: `recognize|recognise|recall making any|recall any|authorize|authorise|approve|acknowledge|
    accept|agree with|own this|shop there|use that|use this site|buy from|know anything about|have any <charge>`,
  the: 'the|this|that|these|those|my|any|your|a|such|our|some|it|them|all|all of|both|of|latest|last|recent|said',
  card: 'card|cards|account|accounts|credit card|debit card|bank card|cc|acct|crad|cardd',

  'zh-not': '不|布|步|部|卜|弗|勿|bu|并不|並不',
  'zh-is': '是|时|事|试|式|市|似|使|系|昰|世|士|室|适|视|十|四|素|shi|shì',
  'zh-i': '我|俺|咱|偶|窝|握|吾|阿拉|本人|自己|me|wo|mine|老子|本小姐|我们',
  'zh-none': `没有|没|没有过|未|未曾|不曾|从未|从没|从没有|从来没|从来没有|从来不|从不|从来都没|并未|并没有|并没|压根没|压根没有|根本没|根本没有|
    没得|莫得|莫|木有|木|无|没又|每有|煤有|美有|妹有|都没|都没有|也没|也没有|meiyou|mei you|mei`,
  'zh-between': `在|去|到|用|过|这|这个|这里|那里|那|那个|那边|那儿|这儿|哪里|国外|境外|海外|外地|国内|美国|日本|香港|英国|韩国|泰国|澳门|台湾|
    你们|外面|网上|线上|任何|我|自己|本人|卡|信用卡|银行卡|这张|的|乱|刚|刚刚|刚才|今天|昨天|昨晚|今晚|最近|东西|什么|啥|进行|发起|做|
    授权|亲自|真|真的|有|拿|让|给|人|店|家|笔|商店|超市|平台|app|微信|支付宝|淘宝|京东|任何人|别人|半夜|晚上|人家|手机|网站|来|要|想|同意|允许`,
  'zh-buy': `刷|买|卖|购|消费|消過|支付|付|操作|交易|弄|做|用|花|下单|下过单|订|定|充值|充|转|扫|办理|搞|购买|购物|授权|申请|开通|
    绑定|碌|碌卡|刷卡|使用|同意|出国|点外卖|点过|网购|出过门|出门|下过|拍|订购|预订|去过|来过|花钱|签|试过`,
  'zh-thing':
    '交易|消费|支出|账|钱|订单|单|扣款|记录|东西|款|付款|刷卡|花费|账单|购买|支付|单子|数|嘢|款项|转账|扣费',
  'zh-family': `老婆|老公|太太|先生|爱人|妻子|丈夫|儿子|女儿|孩子|小孩|娃|爸|妈|爸爸|妈妈|父亲|母亲|哥|姐|弟|妹|朋友|家人|家里|女朋友|男朋友|对象|
    媳妇|同事|室友|闺女|仔|囡|孙子|公司|屋企|细佬|阿妈|阿爸|秘书|助理|女友|男友|内人|外婆|奶奶|爷爷`,
  'zh-card': '信用卡|银行卡|储蓄卡|借记卡|卡片|卡|账户|账号|副卡|附属卡|主卡',
  'zh-which':
    '我的|我|张|我张|我这张|我那张|这张|那张|该|此|本人|尾号|所有|全部|这个|它|他|我的这张|名下|名下所有|的|一下|先|这',
  'zh-sure':
    '刚|刚刚|刚才|就|就是|确实|确|的确|真的|真|都|全|全都|全部|均|均为|这|那|它|这个|那个|这笔|那笔|这单|这次|当然|肯定|没错|这些|那些|两笔|几笔',
  'zh-stop': '不要|别|请勿|勿|不用|停止|不许|莫|不准|不必|不好|请不要|不得|禁止|少|求求你别|拜托别|能不能别',
  'zh-freeze':
    '冻结|冻|冻住|冻了|冻上|锁|锁定|锁住|锁掉|锁上|停用|止付|挂失|封掉|封锁|锁卡|冻卡|封卡|冷冻|冻洁',
  'zh-urge':
    '请|快|快点|赶紧|赶快|马上|立刻|立即|帮我|给我|我要|帮忙|麻烦|速|速速|先|即刻|要|火速|我想|需要|要求|申请|同意|可以|能不能|想|紧急|尽快|你们|现在|帮我把|一下|麻烦你|请你们|求你|将|你|直接|那',
  'zh-surname': `王|李|张|刘|陈|杨|黄|赵|吴|周|徐|孙|马|朱|胡|郭|何|林|高|罗|郑|梁|谢|宋|唐|许|韩|冯|邓|曹|彭|曾|肖|萧|田|董|袁|潘|于|蒋|
    蔡|余|杜|叶|程|苏|魏|吕|丁|任|沈|姚|卢|姜|崔|钟|谭|陆|汪|范|金|石|廖|贾|夏|韦|付|方|白|邹|孟|熊|秦|邱|江|尹|薛|闫|段|雷|侯|龙|史|陶|黎|贺|顾|毛|郝|龚|邵|万|钱|严|武|戴|莫|孔|向|汤|欧阳`,
  'zh-name':
    '伟|芳|娜|敏|静|丽|强|磊|军|洋|勇|艳|杰|娟|涛|明|超|秀|霞|平|刚|志明|志强|建国|小明|大明|雷|梅|四|三|五|华|鹏|飞|鑫|波|斌|宇|浩|婷|雪|倩|玲|丹|萍|红',
  block: `freeze|block|lock|suspend|cancel|close|frozen|blocked|locked|froze|freezing|blocking|locking|disable|
    deactivate`,
  'not-block-between':
    'you|to|want|want to|have|have to|need|need to|just|my card|u|been|be|the card|the account|even|get|has|ask you to|asked to',
  'block-between':
    'you|to|want|want to|have|have to|need|need to|please|just|my|card|me|u|been|is|the|it|did|do|be|account|even|get|someone|has|why',
};
