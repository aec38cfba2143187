package org.wagerail.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.TestDatabase;

class EventOrderTests {
  private static final int BANK = 1;
  private static final Instant AT = Instant.parse("2026-10-15T08:00:00Z");

  /**
   * Writers that hold their numbers for a while before they commit, and some that give them back; a
   * reader that goes on behind the last number he saw sees every event once, in order.
   */
  @Test
  void whoReadsOnBehindTheLastNumberMissesNothing() throws Exception {
    try (var database = TestDatabase.fresh();
        var threads = Executors.newFixedThreadPool(3)) {
      var log = database.bean(EventLog.class);
      var transactions = new TransactionTemplate(database.bean(PlatformTransactionManager.class));
      var appended = new AtomicInteger();
      append(log, transactions, 0, 0, appended);
      var done = new CountDownLatch(3);
      for (int writer = 0; writer < 3; writer++) {
        int own = writer;
        threads.execute(
            () -> {
              for (int i = 0; i < 40; i++) {
                append(log, transactions, own, i, appended);
              }
              done.countDown();
            });
      }
      var seen = new ArrayList<Long>();
      boolean finished;
      do {
        finished = done.getCount() == 0;
        long after = seen.isEmpty() ? 0 : seen.getLast();
        log.after(BANK, after, log.last(BANK), List.of(), 7).forEach(e -> seen.add(e.seq()));
      } while (!finished || log.last(BANK) > seen.getLast());
      assertThat(seen)
          .isEqualTo(LongStream.rangeClosed(1, appended.get()).boxed().toList())
          .hasSizeGreaterThan(100);
    }
  }

  private static void append(
      EventLog log, TransactionTemplate transactions, int writer, int nth, AtomicInteger appended) {
    int events = 1 + (writer + nth) % 3;
    boolean committed =
        Boolean.TRUE.equals(
            transactions.execute(
                status -> {
                  var all = new ArrayList<EventLog.Event>();
                  for (int i = 0; i < events; i++) {
                    all.add(new EventLog.Event("BOOKED", "writer " + writer, "event " + nth));
                  }
                  log.append(BANK, AT, all);
                  Thread.yield();
                  if (nth % 10 == 9) {
                    status.setRollbackOnly();
                    return false;
                  }
                  return true;
                }));
    if (committed) {
      appended.addAndGet(events);
    }
  }
}
