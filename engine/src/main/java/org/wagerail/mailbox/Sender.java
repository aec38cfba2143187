package org.wagerail.mailbox;

/** Who sends us documents. */
public enum Sender {
  CONTRACTOR,
  CLEARING,
  /** The core banking system. */
  CORE
}
