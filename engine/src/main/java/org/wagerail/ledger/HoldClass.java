package org.wagerail.ledger;

/** Who holds money. Our own reservations have no rank against a court. */
public enum HoldClass {
  RUN,
  NEXT_PAYROLL,
  COURT,
  SUPERVISOR
}
