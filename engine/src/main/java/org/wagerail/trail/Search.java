package org.wagerail.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.payment.TxId;
import org.wagerail.project.IdScheme;
import org.wagerail.project.WorkerAccounts;

/** Finds what a text may name. Whatever it may be and is there is found; nothing is guessed. */
@Component
class Search {
  /** What a word in front of a number says that it is the number of. */
  private enum Sort {
    WORKER("worker", "person", "工人"),
    LINE("line", "明细"),
    PAYMENT("payment", "支付", "付款"),
    RUN("run", "发放批"),
    PAYROLL("payroll", "file", "工资表");

    private final List<String> words;

    Sort(String... words) {
      this.words = List.of(words);
    }
  }

  private static final Pattern LINE_OF_PAYROLL =
      Pattern.compile("payroll ([0-9]{6})/([0-9]{1,18}) line ([0-9]{1,9})");
  private static final Pattern NUMBERS =
      Pattern.compile("([0-9]{6})/([0-9]{1,18})(?:/([0-9]{1,9}))?");

  /** As REST names runs, and payrolls by their documents. */
  private static final Pattern SERVED = Pattern.compile("([0-9]{6})-([0-9]{1,18})");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  private final JdbcClient jdbc;
  private final WorkerAccounts workers;

  Search(JdbcClient jdbc, WorkerAccounts workers) {
    this.jdbc = jdbc;
    this.workers = workers;
  }

  List<Subject> find(int bank, String said) {
    var text = said.strip().replaceAll("\\s+", " ");
    var line = LINE_OF_PAYROLL.matcher(text.toLowerCase(Locale.ROOT));
    if (line.matches()) {
      text = "line " + line.group(1) + "/" + line.group(2) + "/" + line.group(3);
    }
    for (var sort : Sort.values()) {
      for (var word : sort.words) {
        var rest = behind(text, word);
        if (rest != null) {
          return find(bank, rest, List.of(sort));
        }
      }
    }
    return find(bank, text, Arrays.asList(Sort.values()));
  }

  /** What stands behind a word; null when the text does not begin with it. */
  private static @Nullable String behind(String text, String word) {
    if (!text.regionMatches(true, 0, word, 0, word.length())) {
      return null;
    }
    var rest = text.substring(word.length());
    return rest.startsWith(" ") || rest.startsWith(":") || !word.matches("[a-z]+")
        ? rest.substring(rest.startsWith(" ") || rest.startsWith(":") ? 1 : 0).strip()
        : null;
  }

  private List<Subject> find(int bank, String text, List<Sort> sorts) {
    var found = new LinkedHashSet<Subject>();
    for (var sort : sorts) {
      switch (sort) {
        case WORKER -> workers(bank, text, found);
        case LINE -> lines(bank, text, found);
        case PAYMENT -> payments(bank, text, found);
        case RUN -> runs(bank, text, found);
        case PAYROLL -> payrolls(bank, text, found);
      }
    }
    return List.copyOf(found);
  }

  private void workers(int bank, String text, LinkedHashSet<Subject> found) {
    if (NUMBER.matcher(text).matches()) {
      jdbc.sql("SELECT party FROM party WHERE bank = ? AND party = ? AND kind = 'PERSON'")
          .params(bank, Long.parseLong(text))
          .query(Long.class)
          .list()
          .forEach(party -> found.add(new Subject.Worker(bank, party)));
    }
    for (var scheme : IdScheme.values()) {
      var party = workers.person(bank, scheme, text);
      if (party != null) {
        found.add(new Subject.Worker(bank, party));
      }
    }
  }

  private void lines(int bank, String text, LinkedHashSet<Subject> found) {
    var numbers = NUMBERS.matcher(text);
    if (numbers.matches() && numbers.group(3) != null) {
      jdbc.sql(
              """
              SELECT pay_month, payroll, line FROM payroll_line
               WHERE bank = ? AND pay_month = ? AND payroll = ? AND line = ?
              """)
          .params(
              bank,
              Integer.parseInt(numbers.group(1)),
              Long.parseLong(numbers.group(2)),
              Integer.parseInt(numbers.group(3)))
          .query((row, _) -> new Subject.Line(bank, row.getInt(1), row.getLong(2), row.getInt(3)))
          .list()
          .forEach(found::add);
    }
  }

  private void payments(int bank, String text, LinkedHashSet<Subject> found) {
    var txId = TxId.read(text);
    var named = numbered(text);
    var months = txId == null ? named.months() : List.of(txId.month());
    var number = txId == null ? named.number() : (Long) txId.payment();
    if (number != null) {
      jdbc.sql(
              "SELECT pay_month, payment FROM payment WHERE bank = ? AND pay_month = ANY (?)"
                  + " AND payment = ?")
          .params(bank, months.toArray(Integer[]::new), number)
          .query((row, _) -> new Subject.Payment(bank, new TxId(row.getInt(1), row.getLong(2))))
          .list()
          .forEach(found::add);
    }
  }

  private void runs(int bank, String text, LinkedHashSet<Subject> found) {
    var named = numbered(text.replaceFirst("^" + SERVED + "$", "$1/$2"));
    if (named.number() != null) {
      jdbc.sql(
              "SELECT pay_month, run FROM pay_run WHERE bank = ? AND pay_month = ANY (?)"
                  + " AND run = ?")
          .params(bank, named.months().toArray(Integer[]::new), named.number())
          .query((row, _) -> new Subject.Run(bank, row.getInt(1), row.getLong(2)))
          .list()
          .forEach(found::add);
    }
  }

  /** A payroll by its number, its document's number or hash, or the contractor's own name of it. */
  private void payrolls(int bank, String text, LinkedHashSet<Subject> found) {
    var named = numbered(text);
    if (named.number() != null) {
      payrolls(
          bank,
          "pay_month = ANY (?) AND payroll = ?",
          List.of(named.months().toArray(Integer[]::new), named.number()),
          found);
    }
    var served = SERVED.matcher(text);
    if (served.matches()) {
      payrolls(
          bank,
          "doc_month = ? AND document = ?",
          List.of(Integer.parseInt(served.group(1)), Long.parseLong(served.group(2))),
          found);
    }
    if (NUMBER.matcher(text).matches()) {
      payrolls(bank, "document = ?", List.of(Long.parseLong(text)), found);
    }
    if (HASH.matcher(text).matches()) {
      payrolls(
          bank,
          "document IN (SELECT h.document FROM inbound_hash h WHERE h.bank = ?"
              + " AND h.sender = 'CONTRACTOR' AND h.hash = ?)",
          List.of(bank, HexFormat.of().parseHex(text)),
          found);
    }
    jdbc.sql("SELECT pay_month, payroll FROM payroll_key WHERE bank = ? AND msg_id = ?")
        .params(bank, text)
        .query((row, _) -> new Subject.Payroll(bank, row.getInt(1), row.getLong(2)))
        .list()
        .forEach(found::add);
  }

  private void payrolls(int bank, String which, List<Object> values, LinkedHashSet<Subject> found) {
    var parameters = new ArrayList<Object>();
    parameters.add(bank);
    parameters.addAll(values);
    jdbc.sql("SELECT pay_month, payroll FROM payroll WHERE bank = ? AND " + which)
        .params(parameters)
        .query((row, _) -> new Subject.Payroll(bank, row.getInt(1), row.getLong(2)))
        .list()
        .forEach(found::add);
  }

  /** A number, and the months in which it may be one; no number when the text is none. */
  private record Numbered(List<Integer> months, @Nullable Long number) {}

  private Numbered numbered(String text) {
    var numbers = NUMBERS.matcher(text);
    if (numbers.matches() && numbers.group(3) == null) {
      return new Numbered(
          List.of(Integer.parseInt(numbers.group(1))), Long.parseLong(numbers.group(2)));
    }
    return NUMBER.matcher(text).matches()
        ? new Numbered(months(), Long.parseLong(text))
        : new Numbered(List.of(), null);
  }

  private List<Integer> months() {
    return jdbc.sql(
            """
            SELECT right(c.relname, 6)::integer FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'payment'::regclass ORDER BY 1
            """)
        .query(Integer.class)
        .list();
  }
}
