package org.wagerail.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How long transactions hold accounts, since a court's order may be waiting for one of them. */
final class LockWatch {
  private final AtomicLong longest = new AtomicLong();

  /** Begins with the caller's first lock and ends with its transaction. */
  void begin() {
    if (TransactionSynchronizationManager.hasResource(this)) {
      return;
    }
    TransactionSynchronizationManager.bindResource(this, System.nanoTime());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            long since = (long) TransactionSynchronizationManager.unbindResource(LockWatch.this);
            longest.accumulateAndGet(System.nanoTime() - since, Math::max);
          }
        });
  }

  /** The longest since this was last asked. */
  Duration longest() {
    return Duration.ofNanos(longest.getAndSet(0));
  }
}
