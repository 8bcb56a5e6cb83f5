import { type CfnElement, Stack } from 'aws-cdk-lib';

/**
 * A stack whose logical ids are the construct path without hashes: `TransactionsQueue`,
 * `ScreenTransactionsRole`. A collision, which the hash would hide, is an error at synth.
 */
export class ReadableStack extends Stack {
  readonly #paths = new Map<string, string>();

  protected override allocateLogicalId(element: CfnElement): string {
    const path = element.node.path;
    const id = element.node.scopes
      .slice(element.stack.node.scopes.length)
      .map((scope) => scope.node.id)
      .filter((part) => part !== 'Resource' && part !== 'Default')
      // The API's one permission per function: CDK names function and API by their hashes, the path tells both.
      .map((part) => (part.startsWith('ApiPermission') ? 'Permission' : part))
      // A function the CDK has once per stack carries its UUID and its memory.
      .map((part) => part.replace(/[0-9A-F]{32}.*$/, ''))
      .map((part) => part.replaceAll(/[^A-Za-z0-9]/g, ''))
      .join('');
    const holder = this.#paths.get(id);
    if (holder !== undefined && holder !== path)
      throw new Error(`${path} and ${holder} are both called ${id}`);
    this.#paths.set(id, path);
    return id;
  }
}
