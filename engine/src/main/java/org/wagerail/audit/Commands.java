package org.wagerail.audit;

import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.wagerail.evidence.EventLog;

/** Walks the chain of commands again. */
@Component
class Commands {
  private static final int FETCH = 2_000;

  private final JdbcTemplate jdbc;

  Commands(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Proof prove(List<Integer> banks) {
    var tally =
        new Tally(
            "COMMAND_CHAIN",
            "命令日志从1起连续，每条摘要由前一条推出",
            "commands are numbered from 1, and each hash follows from the one before");
    banks.forEach(bank -> walk(bank, tally));
    return tally.proof();
  }

  private void walk(int bank, Tally tally) {
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
              EventLog.chain(
                  place.before,
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getTimestamp(6).toInstant().toString());
          if (row.getLong(1) != place.next || !Arrays.equals(hash, expected)) {
            tally.add("bank", bank, "command", row.getLong(1), "kind", row.getString(3));
          }
          place.next = row.getLong(1) + 1;
          place.before = hash;
        });
  }
}
