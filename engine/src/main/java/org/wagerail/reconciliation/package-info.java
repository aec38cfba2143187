/**
 * Decides whether a business day is closed: our books, the core banking system's statements and
 * clearing's settlement report are compared as sets, and each difference is a break with an owner,
 * until a person explains it and, where money is concerned, a second agrees. Moves no money.
 * Invariant: a day is closed on a comparison that knows all that was read of it, and over no break
 * that nobody has explained. Doors: {@link org.wagerail.reconciliation.CoreStatements}, {@link
 * org.wagerail.reconciliation.BusinessDays}, {@link org.wagerail.reconciliation.Breaks}.
 */
@NullMarked
package org.wagerail.reconciliation;

import org.jspecify.annotations.NullMarked;
