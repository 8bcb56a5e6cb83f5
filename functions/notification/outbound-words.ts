import type { Language } from './merchant-name.ts';

/** What the flow of a call we make speaks. */
export interface OutboundWords {
  /** To whoever picks up: it names nobody, no card and no ticket. */
  readonly greeting: string;
  /** While the agent is put through. */
  readonly waiting: string;
  /** Where the agent cannot take the call after all. */
  readonly sorry: string;
}

/** Never a question for a PIN, a password or a code; how to check us comes before anybody asks anything (D10). */
export function outboundWords(
  language: Language,
  bank: { readonly zh: string; readonly en: string },
): OutboundWords {
  return language === 'en'
    ? {
        greeting: `Hello, this is ${bank.en}. You can check this call: our app shows who is calling you now, under Is it really us. We never ask for a PIN, a password or a code. One of our staff speaks with you now.`,
        waiting: 'One moment, please.',
        sorry:
          'We are sorry: nobody can speak with you just now. We call again, and the app shows it when we do.',
      }
    : {
        greeting: `您好，这里是${bank.zh}。您可以核实本次来电：打开App的“真的是银行吗？”，即可看到正在来电的工作人员。我们绝不会索要密码或验证码。现在为您接通工作人员。`,
        waiting: '请稍候。',
        sorry: '抱歉，工作人员暂时无法与您通话。我们会再次致电，届时App会显示来电。',
      };
}
