package org.wagerail.trail;

import org.wagerail.payment.TxId;

/** What can be explained. Its text names it, and finds it again. */
public sealed interface Subject {
  int bank();

  /** A person of the register. */
  record Worker(int bank, long party) implements Subject {
    @Override
    public String toString() {
      return "worker " + party;
    }
  }

  /** One wage of a payroll. */
  record Line(int bank, int month, long payroll, int line) implements Subject {
    @Override
    public String toString() {
      return "line " + month + "/" + payroll + "/" + line;
    }
  }

  /** One transfer to a worker. */
  record Payment(int bank, TxId txId) implements Subject {
    @Override
    public String toString() {
      return "payment " + txId;
    }
  }

  /** What a wage book paid, or could not pay, of a pay date at a cut-off. */
  record Run(int bank, int month, long run) implements Subject {
    @Override
    public String toString() {
      return "run " + month + "/" + run;
    }
  }

  /** A contractor's file. */
  record Payroll(int bank, int month, long payroll) implements Subject {
    @Override
    public String toString() {
      return "payroll " + month + "/" + payroll;
    }
  }
}
