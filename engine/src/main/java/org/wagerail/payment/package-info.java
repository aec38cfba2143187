/**
 * Payments on their way: numbered, packed for clearing, answered. Decides what an answer makes of a
 * payment. Invariant: the in-clearing account equals the payments without a final answer and what was
 * debited for payments still being made; an answer moves money once, in whatever order, however
 * often it comes. Doors: {@link
 * org.wagerail.payment.Payments}, {@link org.wagerail.payment.Clearing}.
 */
@NullMarked
package org.wagerail.payment;

import org.jspecify.annotations.NullMarked;
