package org.wagerail.payment;

/** What is known of a payment's fate. */
public enum PaymentState {
  IN_CLEARING,
  SETTLED,
  REJECTED,
  /** Settled as far as clearing is concerned, and back again. */
  RETURNED
}
