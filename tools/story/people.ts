/** Made-up people of the stories; the numbers lie in mobile ranges. */
export interface Person {
  readonly customerId: string;
  readonly name: string;
  readonly phone: string;
  readonly language: 'zh-CN' | 'en';
  /** Subject of their log-in. */
  readonly subject: string;
}

const person = (id: string, name: string, phone: string, language: Person['language']): Person => ({
  customerId: `C-${id}`,
  name,
  phone,
  language,
  subject: id,
});

export const people = {
  zhang: person('zhang', '张先生', '+8613812345678', 'zh-CN'),
  mei: person('mei', '李梅', '+8613987654321', 'zh-CN'),
  grace: person('grace', 'Grace Hart', '+85291234567', 'en'),
  tom: person('tom', 'Tom Baker', '+85261234567', 'en'),
} as const;

export const agents = {
  lin: { subject: 'agent-lin', name: 'Lin Yue' },
  wang: { subject: 'agent-wang', name: 'Wang Fang' },
} as const;
export type Agent = (typeof agents)[keyof typeof agents];
