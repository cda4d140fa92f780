// Why signing in at a provider of identities did not work: the words of `sign_in_problem` in the address.
const failures = ['again', 'declined', 'untrusted', 'unreachable', 'no-account', 'left', 'full', 'busy'] as const;
export type ExternalFailure = (typeof failures)[number];

/** null: none, or one that this page does not know. */
export function externalFailure(word: string | null): ExternalFailure | null {
  return failures.find((each) => each === word) ?? null;
}
