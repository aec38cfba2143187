/**
 * Payments on their way: numbered, packed for clearing, answered, asked about, asked back. Decides
 * what an answer makes of a payment, and of a recall. Invariant: the in-clearing account equals the
 * payments without a final answer and what was debited for payments still being made; an answer
 * moves money once, in whatever order, however often it comes; silence and a word about a recall
 * move none. Doors: {@link org.wagerail.payment.Payments}, {@link org.wagerail.payment.Clearing},
 * {@link org.wagerail.payment.Inquiries}, {@link org.wagerail.payment.Recalls}, {@link
 * org.wagerail.payment.SettlementReports}, {@link org.wagerail.payment.Exceptions}.
 */
@NullMarked
package org.wagerail.payment;

import org.jspecify.annotations.NullMarked;
