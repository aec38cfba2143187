package org.wagerail.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.wagerail.evidence.EventLog;

/** Walks the chain of events again, block by block. */
@Component
class Events {
  private static final int FETCH = 2_000;

  private final JdbcTemplate jdbc;
  private final EventLog log;

  Events(JdbcTemplate jdbc, EventLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  static Tally tally() {
    return new Tally(
        "EVENT_CHAIN",
        "每组事件的链接由前一组及银行密钥推出，末组与计数器所记一致",
        "each block of events has the link that follows from the one before and the bank's"
            + " key, and the last is the counter's");
  }

  /** The chain so far, and the events since its last link. */
  private static final class Place {
    private byte[] before = new byte[0];
    private final List<String> texts = new ArrayList<>();
    private long first;
    private long last;
  }

  void walk(int bank, Tally tally) {
    var place = new Place();
    jdbc.query(
        connection -> {
          var statement =
              connection.prepareStatement(
                  "SELECT seq, kind, subject, detail, at, chain FROM event WHERE bank = ?"
                      + " ORDER BY seq");
          statement.setFetchSize(FETCH);
          statement.setInt(1, bank);
          return statement;
        },
        row -> {
          place.last = row.getLong(1);
          if (place.texts.isEmpty()) {
            place.first = place.last;
          }
          place.texts.addAll(
              EventLog.texts(
                  new EventLog.Event(row.getString(2), row.getString(3), row.getString(4)),
                  row.getTimestamp(5).toInstant()));
          var link = row.getBytes(6);
          if (link != null) {
            var digest = log.digest(bank, "EVENT", place.texts);
            if (!Arrays.equals(link, EventLog.link(place.before, digest))) {
              broken(tally, bank, place, "changed");
            }
            // What follows is judged by what stands here: one change is one block.
            place.before = link;
            place.texts.clear();
          }
        });
    if (!place.texts.isEmpty()) {
      broken(tally, bank, place, "no link");
    }
    if (!Arrays.equals(place.before, counted(bank))) {
      place.first = place.last;
      broken(tally, bank, place, "not the last");
    }
  }

  /** The last link by the counter; empty when there is none. */
  private byte[] counted(int bank) {
    var links =
        jdbc.query(
            "SELECT chain FROM counter WHERE bank = ? AND series = 'event'",
            (row, _) -> link(row.getBytes(1)),
            bank);
    return links.isEmpty() ? new byte[0] : links.getFirst();
  }

  private static byte[] link(byte @Nullable [] link) {
    return link == null ? new byte[0] : link;
  }

  private static void broken(Tally tally, int bank, Place place, String what) {
    tally.add("bank", bank, "first_seq", place.first, "last_seq", place.last, "found", what);
  }
}
