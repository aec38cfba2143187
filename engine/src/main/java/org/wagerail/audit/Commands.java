package org.wagerail.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.wagerail.evidence.EventLog;

/** Walks the chain of commands again. */
@Component
class Commands {
  private static final int FETCH = 2_000;

  private final JdbcTemplate jdbc;
  private final EventLog log;

  Commands(JdbcTemplate jdbc, EventLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  static Tally tally() {
    return new Tally(
        "COMMAND_CHAIN",
        "命令日志从1起连续至计数器，每条摘要由前一条及银行密钥推出",
        "commands are numbered from 1 to their counter, and each hash follows from the one"
            + " before and the bank's key");
  }

  void walk(int bank, Tally tally) {
    var place =
        new Object() {
          private long next = 1;
          private byte[] before = new byte[0];
        };
    jdbc.query(
        connection -> {
          var statement =
              connection.prepareStatement(
                  "SELECT command, actor, kind, ground, canonical, at, hash FROM command_log"
                      + " WHERE bank = ? ORDER BY command");
          statement.setFetchSize(FETCH);
          statement.setInt(1, bank);
          return statement;
        },
        row -> {
          var hash = row.getBytes(7);
          var expected =
              EventLog.link(
                  place.before,
                  log.digest(
                      bank,
                      "COMMAND",
                      List.of(
                          row.getString(2),
                          row.getString(3),
                          row.getString(4),
                          row.getString(5),
                          row.getTimestamp(6).toInstant().toString())));
          if (row.getLong(1) != place.next || !Arrays.equals(hash, expected)) {
            tally.add("bank", bank, "command", row.getLong(1), "kind", row.getString(3));
          }
          place.next = row.getLong(1) + 1;
          place.before = hash;
        });
    long next =
        Objects.requireNonNull(
            jdbc.queryForObject(
                "SELECT coalesce(max(next), 1) FROM counter WHERE bank = ? AND series = 'command'",
                Long.class,
                bank));
    if (next != place.next) {
      tally.add("bank", bank, "command", place.next, "next_by_counter", next);
    }
  }
}
