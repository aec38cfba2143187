package org.wagerail.payroll;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.evidence.Proposals;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;
import org.wagerail.money.OfficeHours;
import org.wagerail.payment.Exceptions;
import org.wagerail.project.Banks;
import org.wagerail.project.Calendars;
import org.wagerail.project.Parameters;
import org.wagerail.project.Role;
import org.wagerail.project.Users;

/**
 * The one list of what waits for a person of the bank: held lines, and exceptions of clearing. Each
 * item is somebody's, has an age and a due time, and is decided by what one person proposes and
 * another agrees to.
 */
@Component
public class WorkItems {
  /** What can wait for a person, in the order of the list. */
  public enum Kind {
    LINE,
    EXCEPTION
  }

  /** What can be done about an item. */
  public enum Action {
    /** The line is paid: what held it is gone. */
    ACCEPT,
    /** The line is refused, and the contractor told what to list anew. */
    AMEND,
    /** The line is refused for good. */
    REFUSE,
    /** Nothing more is to be done about the exception. */
    CLOSE
  }

  /** Whether something is proposed about an item. */
  public enum State {
    OPEN,
    PROPOSED
  }

  /**
   * An item by its numbers.
   *
   * @param month of a line's payroll, else 0
   * @param number of the payroll or the exception
   * @param line of a line, else 0
   */
  public record Id(Kind kind, int month, long number, int line) {
    private static final Pattern LINE =
        Pattern.compile("line-([0-9]{6})-([0-9]{1,18})-([0-9]{1,9})");
    private static final Pattern EXCEPTION = Pattern.compile("exception-([0-9]{1,18})");

    public static Id of(LineDecisions.LineId line) {
      return new Id(Kind.LINE, line.month(), line.payroll(), line.line());
    }

    public static Id exception(long exception) {
      return new Id(Kind.EXCEPTION, 0, exception, 0);
    }

    /** Reads what {@link #toString} writes; null when it is none of ours. */
    public static @Nullable Id read(String text) {
      var line = LINE.matcher(text);
      if (line.matches()) {
        return new Id(
            Kind.LINE,
            Integer.parseInt(line.group(1)),
            Long.parseLong(line.group(2)),
            Integer.parseInt(line.group(3)));
      }
      var exception = EXCEPTION.matcher(text);
      return exception.matches() ? exception(Long.parseLong(exception.group(1))) : null;
    }

    @Override
    public String toString() {
      return switch (kind) {
        case LINE -> "line-" + month + "-" + number + "-" + line;
        case EXCEPTION -> "exception-" + number;
      };
    }

    /** As events and commands name it. */
    String subject() {
      return switch (kind) {
        case LINE -> "payroll " + month + "/" + number + " line " + line;
        case EXCEPTION -> "exception " + number;
      };
    }

    private LineDecisions.LineId lineId() {
      return new LineDecisions.LineId(month, number, line);
    }
  }

  /**
   * Something that waits for a person.
   *
   * @param why states of the failed checks, or the kind of the exception
   * @param about the transaction of an exception, what screening found of a line; else empty
   * @param amount of a line, minor units; null for an exception
   * @param dueAt when somebody should have decided
   * @param actions what may be proposed
   * @param proposal what is proposed and not answered yet
   */
  public record Item(
      Id id,
      List<String> why,
      String about,
      @Nullable Long amount,
      String owner,
      Instant openedAt,
      Instant dueAt,
      List<Action> actions,
      Proposals.@Nullable Proposal proposal) {
    public State state() {
      return proposal == null ? State.OPEN : State.PROPOSED;
    }

    public boolean isOverdue(Instant now) {
      return !dueAt.isAfter(now);
    }

    public Duration age(Instant now) {
      return Duration.between(openedAt, now);
    }
  }

  /** Which items are wanted; null for all. */
  public record Wanted(
      @Nullable Kind kind,
      @Nullable String owner,
      @Nullable State state,
      @Nullable Boolean overdue) {
    public static final Wanted ALL = new Wanted(null, null, null, null);

    private boolean fits(Item item, Instant now) {
      return (state == null || state == item.state())
          && (overdue == null || overdue == item.isOverdue(now));
    }
  }

  /** Why nothing was done. */
  public enum Refusal {
    NO_SUCH_ITEM("nothing of that name waits for a person", "无此待办事项"),
    NO_SUCH_OWNER("the owner is neither a person of the bank nor one of its roles", "责任人须为本行人员或岗位"),
    ACTION_NOT_ALLOWED("that cannot be done about this", "该事项不允许此操作");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  private static final int PAGE = 200;

  /** Roles that may own something. */
  private static final List<Role> OWNERS =
      List.of(Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER);

  private final JdbcClient jdbc;
  private final HeldLines heldLines;
  private final LineDecisions decisions;
  private final Exceptions exceptions;
  private final Proposals proposals;
  private final EventLog events;
  private final Notices notices;
  private final Banks banks;
  private final Users users;
  private final Parameters parameters;
  private final Calendars calendars;

  WorkItems(
      JdbcClient jdbc,
      HeldLines heldLines,
      LineDecisions decisions,
      Exceptions exceptions,
      Proposals proposals,
      EventLog events,
      Notices notices,
      Banks banks,
      Users users,
      Parameters parameters,
      Calendars calendars) {
    this.jdbc = jdbc;
    this.heldLines = heldLines;
    this.decisions = decisions;
    this.exceptions = exceptions;
    this.proposals = proposals;
    this.events = events;
    this.notices = notices;
    this.banks = banks;
    this.users = users;
    this.parameters = parameters;
    this.calendars = calendars;
  }

  /** A person, as owner, maker or checker. */
  public static String person(long party) {
    return "person " + party;
  }

  /** What a bank has said about due times, on a day. */
  private record Desk(
      OfficeHours hours, Duration ofLine, Duration ofException, Duration ofProposal, int month) {}

  private Desk desk(int bank, Instant now) {
    var zone = banks.zone(bank);
    var today = now.atZone(zone).toLocalDate();
    var set = parameters.of(bank, "");
    return new Desk(
        new OfficeHours(
            calendars.named(set.text("calendar", today)),
            zone,
            minutes(set.text("office-opens", today)),
            minutes(set.text("office-closes", today))),
        Duration.ofHours(set.number("held-line-hours", today)),
        Duration.ofHours(set.number("exception-hours", today)),
        Duration.ofHours(set.number("proposal-hours", today)),
        today.getYear() * 100 + today.getMonthValue());
  }

  /** A time of day, hours and minutes, as minutes after midnight. */
  private static int minutes(String time) {
    var parts = time.split(":");
    return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }

  // ------------------------------------------------------------------ looking

  /**
   * Items behind one, held lines first by payroll and line, then exceptions by number.
   *
   * @param after the item behind which to begin; null for the first
   * @param most how many at most
   */
  public List<Item> list(int bank, Instant now, Wanted wanted, @Nullable Id after, int most) {
    var desk = desk(bank, now);
    var items = new ArrayList<Item>();
    if (wanted.kind() != Kind.EXCEPTION && (after == null || after.kind() == Kind.LINE)) {
      lines(bank, now, desk, wanted, after, most, items);
    }
    if (wanted.kind() != Kind.LINE && items.size() < most) {
      long behind = after == null || after.kind() == Kind.LINE ? 0 : after.number();
      exceptions(bank, now, desk, wanted, behind, most, items);
    }
    return items;
  }

  private void lines(
      int bank,
      Instant now,
      Desk desk,
      Wanted wanted,
      @Nullable Id after,
      int most,
      List<Item> items) {
    var since =
        Boolean.TRUE.equals(wanted.overdue()) ? desk.hours().before(now, desk.ofLine()) : null;
    long payroll = after == null ? 0 : after.number();
    int line = after == null ? 0 : after.line();
    while (items.size() < most) {
      var page = heldLines.open(bank, payroll, line, wanted.owner(), since, PAGE);
      var proposed = proposed(bank, now, page.stream().map(WorkItems::id).toList());
      for (var held : page) {
        var item = item(desk, held, proposed);
        if (wanted.fits(item, now) && items.size() < most) {
          items.add(item);
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      payroll = page.getLast().payroll();
      line = page.getLast().line();
    }
  }

  private void exceptions(
      int bank, Instant now, Desk desk, Wanted wanted, long behind, int most, List<Item> items) {
    long after = behind;
    while (items.size() < most) {
      var page = exceptions.open(bank, after, PAGE);
      var proposed =
          proposed(bank, now, page.stream().map(open -> Id.exception(open.exception())).toList());
      for (var open : page) {
        var item = item(desk, open, proposed);
        if ((wanted.owner() == null || wanted.owner().equals(item.owner()))
            && wanted.fits(item, now)
            && items.size() < most) {
          items.add(item);
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().exception();
    }
  }

  /** One item; null when nothing of that name waits. */
  public @Nullable Item find(int bank, Instant now, Id id) {
    var desk = desk(bank, now);
    var proposed = proposed(bank, now, List.of(id));
    return switch (id.kind()) {
      case LINE -> {
        var held = heldLines.find(bank, id.lineId());
        yield held == null ? null : item(desk, held, proposed);
      }
      case EXCEPTION ->
          exceptions.open(bank, id.number() - 1, 1).stream()
              .filter(open -> open.exception() == id.number())
              .findFirst()
              .map(open -> item(desk, open, proposed))
              .orElse(null);
    };
  }

  private Map<String, Proposals.Proposal> proposed(int bank, Instant now, List<Id> ids) {
    return proposals.open(bank, now, ids.stream().map(Id::subject).toList());
  }

  private static Id id(HeldLines.Held held) {
    return new Id(Kind.LINE, held.month(), held.payroll(), held.line());
  }

  private static Item item(
      Desk desk, HeldLines.Held held, Map<String, Proposals.Proposal> proposed) {
    return new Item(
        id(held),
        Payrolls.checks(held.checks()).stream().map(Check::state).toList(),
        held.found(),
        held.amount(),
        held.owner(),
        held.readAt(),
        desk.hours().after(held.readAt(), desk.ofLine()),
        List.of(Action.ACCEPT, Action.AMEND, Action.REFUSE),
        proposed.get(id(held).subject()));
  }

  private static Item item(
      Desk desk, Exceptions.Open open, Map<String, Proposals.Proposal> proposed) {
    var id = Id.exception(open.exception());
    return new Item(
        id,
        List.of(open.kind().name()),
        open.txId(),
        null,
        open.owner(),
        open.openedAt(),
        desk.hours().after(open.openedAt(), desk.ofException()),
        Exceptions.mayClose(open.kind()) ? List.of(Action.CLOSE) : List.of(),
        proposed.get(id.subject()));
  }

  /** How many held lines of a payroll wait for a person, and how many of them too long. */
  public Waiting waiting(int bank, Instant now, int month, long payroll) {
    var desk = desk(bank, now);
    return jdbc.sql(
            """
            SELECT count(*)::integer AS lines,
                   (count(*) FILTER (WHERE p.read_at <= :since))::integer AS overdue
              FROM payroll_line l JOIN payroll p USING (bank, pay_month, payroll)
             WHERE l.bank = :bank AND l.pay_month = :month AND l.payroll = :payroll
               AND l.verdict = 'HOLD'
               AND NOT EXISTS (SELECT 1 FROM line_decision d WHERE d.bank = l.bank
                                  AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                                  AND d.line = l.line)
            """)
        .param("bank", bank)
        .param("month", month)
        .param("payroll", payroll)
        .param("since", Timestamp.from(desk.hours().before(now, desk.ofLine())))
        .query(Waiting.class)
        .single();
  }

  /** Held lines of a payroll that nobody has decided. */
  public record Waiting(int lines, int overdue) {}

  // ------------------------------------------------------------------ owners

  /**
   * Hands an item to somebody, or takes it.
   *
   * @param actor who does so
   * @param owner a person of the bank, as {@link #person} writes it, or a role in small letters
   * @return why not, or null
   */
  @Transactional
  public @Nullable Enum<?> give(int bank, Instant at, String actor, Id id, String owner) {
    if (!mayOwn(bank, at, owner)) {
      return Refusal.NO_SUCH_OWNER;
    }
    if (id.kind() == Kind.EXCEPTION) {
      return exceptions.handOver(bank, at, actor, id.number(), owner);
    }
    decisions.lock(bank);
    if (heldLines.find(bank, id.lineId()) == null) {
      return Refusal.NO_SUCH_ITEM;
    }
    heldLines.give(bank, at, actor, id.lineId(), owner);
    var said = "to " + owner;
    events.command(
        bank, at, actor, "GIVE_LINE", "to be looked at by " + owner, id.subject() + " " + said);
    events.append(bank, at, List.of(new EventLog.Event("LINE_GIVEN", id.subject(), said)));
    return null;
  }

  private boolean mayOwn(int bank, Instant at, String owner) {
    return OWNERS.stream().anyMatch(role -> role.name().toLowerCase(Locale.ROOT).equals(owner))
        || users.all(banks.of(bank).code(), at).stream()
            .filter(user -> user.roles().stream().anyMatch(OWNERS::contains))
            .anyMatch(user -> person(user.person()).equals(owner));
  }

  // ------------------------------------------------------------------ two persons

  /**
   * Proposes what to do about an item.
   *
   * @param maker who proposes
   * @param ground where the evidence lies, what is to be amended, or why
   * @return why not, or null
   */
  @Transactional
  public @Nullable Enum<?> propose(
      int bank, Instant at, String maker, Id id, Action action, String ground) {
    var item = find(bank, at, id);
    if (item == null) {
      return Refusal.NO_SUCH_ITEM;
    }
    if (!item.actions().contains(action)) {
      return Refusal.ACTION_NOT_ALLOWED;
    }
    var desk = desk(bank, at);
    return proposals.propose(
        bank,
        desk.month(),
        at,
        at.plus(desk.ofProposal()),
        maker,
        id.subject(),
        action.name(),
        ground);
  }

  /**
   * Answers what was proposed: what is agreed is done at once, or is not agreed because it cannot
   * be. Whoever proposed may take his proposal back.
   *
   * @param proposal the number of the one that was looked at
   * @param reason why not, where it is not agreed
   * @return why not, or null
   */
  @Transactional
  public @Nullable Enum<?> answer(
      int bank, Instant at, String checker, Id id, long proposal, boolean agreed, String reason) {
    var refusal = proposals.mayAnswer(bank, at, checker, id.subject(), proposal, agreed, reason);
    if (refusal != null) {
      return refusal;
    }
    var open = proposals.open(bank, at, id.subject()).orElseThrow();
    if (agreed) {
      var impossible = carryOut(bank, at, id, open, new FourEyes(open.maker(), checker));
      if (impossible != null) {
        return impossible;
      }
    }
    proposals.answer(bank, at, checker, open, agreed, reason);
    return null;
  }

  private @Nullable Enum<?> carryOut(
      int bank, Instant at, Id id, Proposals.Proposal open, FourEyes by) {
    return switch (Action.valueOf(open.action())) {
      case ACCEPT ->
          why(
              decisions.accept(
                  bank, at, by, id.lineId(), LineDecisions.Ground.EVIDENCE, open.ground()));
      case REFUSE -> why(decisions.refuse(bank, at, by, id.lineId(), open.ground()));
      case AMEND -> amend(bank, at, id, open, by);
      case CLOSE -> exceptions.close(bank, at, by, id.number(), open.ground());
    };
  }

  private static @Nullable Enum<?> why(LineDecisions.Outcome outcome) {
    return outcome instanceof LineDecisions.Refused refused ? refused.why() : null;
  }

  /** What was signed is never changed: the line is refused, and its contractor lists it anew. */
  private @Nullable Enum<?> amend(
      int bank, Instant at, Id id, Proposals.Proposal open, FourEyes by) {
    record Listed(String message, String endToEnd, long amount, String checks) {}
    var listed =
        jdbc.sql(
                """
                SELECT p.msg_id AS message, l.end_to_end, l.amount, l.checks
                  FROM payroll_line l JOIN payroll p USING (bank, pay_month, payroll)
                 WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ? AND l.line = ?
                """)
            .params(bank, id.month(), id.number(), id.line())
            .query(Listed.class)
            .single();
    var refused =
        why(decisions.refuse(bank, at, by, id.lineId(), "to be amended: " + open.ground()));
    if (refused != null) {
      return refused;
    }
    var facts = new LinkedHashMap<String, String>();
    facts.put("message", listed.message());
    facts.put("line", Integer.toString(id.line()));
    facts.put("endToEnd", listed.endToEnd());
    facts.put("amount", Money.format(listed.amount(), 2));
    facts.put("held", listed.checks());
    facts.put("amend", open.ground());
    notices.put(
        bank,
        desk(bank, at).month(),
        at,
        List.of(
            new Notice(
                "LINE_TO_BE_AMENDED",
                id.subject() + " to be amended",
                facts,
                "第%d行未付。请更正后另行申报：%s".formatted(id.line(), open.ground()),
                "Line %d is not paid. Please amend it and list it anew: %s"
                    .formatted(id.line(), open.ground()),
                List.of(Outbox.Counterpart.CONTRACTOR))));
    return null;
  }
}
