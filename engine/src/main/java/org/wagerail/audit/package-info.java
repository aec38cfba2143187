/**
 * Proves the books: recomputes what must hold from the rows alone, as sets, and names each rule
 * that does not hold with the rows that break it. Decides nothing and writes nothing but temporary
 * tables. Invariant: no rule trusts a figure that another row could contradict, and nothing
 * personal leaves it. Door: {@link org.wagerail.audit.Books}.
 */
@NullMarked
package org.wagerail.audit;

import org.jspecify.annotations.NullMarked;
