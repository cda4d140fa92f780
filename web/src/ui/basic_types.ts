// The five basic types in the order in which people are told of them: from who can be reached to who is not there.
import type { BasicType } from '@pastille/client/live/frames';

export const basicTypes: readonly BasicType[] = ['connected', 'absent', 'busy', 'in_a_call', 'offline'];
