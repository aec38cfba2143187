package org.wagerail.payment;

/** What is known of a payment's fate. */
public enum PaymentState {
  IN_CLEARING,
  /** In clearing, and silent beyond the limit: clearing is asked, and nothing is guessed. */
  UNKNOWN,
  SETTLED,
  REJECTED,
  /** Settled as far as clearing is concerned, and back again. */
  RETURNED
}
