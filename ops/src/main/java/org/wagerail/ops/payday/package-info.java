/**
 * When things run: the jobs of a payday and the order of their steps. Decides no wage. Invariant:
 * what is left to do is read from the books, never from memory, so a job that was killed goes on
 * where its last commit was. Door: {@link org.wagerail.ops.payday.PayDay}.
 */
@NullMarked
package org.wagerail.ops.payday;

import org.jspecify.annotations.NullMarked;
