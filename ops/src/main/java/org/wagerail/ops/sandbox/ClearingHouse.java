package org.wagerail.ops.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.MessageKind;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Reason;
import org.wagerail.iso.Verdict;

/**
 * A simulated clearing house: takes pacs.008 packages from a folder and leaves pacs.002 and
 * pacs.004 in another, as {@link Answer} chooses. The caller decides when a round comes. Answers
 * are a function of the packages and the time given, so a house that starts anew on the same folder
 * gives the same answers again, as a real one might. Asked by pacs.028 it tells what it knows;
 * asked by camt.056 it cancels what has not settled, and gives back or refuses what has. At the end
 * of a day it reports what it settled (camt.053); what was cancelled or came back it remembers
 * until then.
 *
 * <pre>{@code
 * var house = new ClearingHouse(home.out().resolve("clearing/" + code),
 *                               home.in().resolve("clearing/" + code));
 * house.answer(1, at);
 * house.answer(2, later);
 * house.answerQuestions(later);
 * house.report(day, later);
 * }</pre>
 */
public final class ClearingHouse {
  /** After this many rounds everything is answered that ever will be. */
  public static final int ROUNDS = 2;

  private static final Reason ACCOUNT_CLOSED = new Reason("AC04", "账户已销户 The account is closed");
  private static final Reason RECALLED = new Reason("FOCR", "应撤回申请 Following a recall");
  private static final Reason CANCELLED = new Reason("CUST", "应撤回申请取消 Cancelled as asked");
  private static final Reason CUSTOMER = new Reason("CUST", "收款人不同意 The payee refuses");

  /** A transfer as far as an answer repeats it; the amount in fen. */
  private record Transfer(String txId, @Nullable String endToEnd, long amount, Answer answer) {}

  private record Package(
      String file,
      String msgId,
      LocalDate settlementDate,
      @Nullable String sender,
      @Nullable String receiver,
      List<Transfer> transfers) {}

  /** One file to be left, without its place in the order of arrival. */
  private record Letter(Package about, int round, Kind kind, List<Transfer> transfers) {}

  /** What a file says of its transfers. */
  private enum Kind {
    STATUS("pacs.002"),
    STATUS_AGAIN("pacs.002"),
    RETURN("pacs.004"),
    /** A transfer that was recalled before it settled. */
    CANCELLED("pacs.002"),
    /** A transfer that was recalled after it settled. */
    RECALLED("pacs.004"),
    /** A recall that is refused. */
    REFUSAL("camt.029"),
    /** What pacs.028 asked about. */
    ASKED("pacs.002");

    private final String message;

    Kind(String message) {
      this.message = message;
    }
  }

  private final Path packages;
  private final Path answers;
  private final Set<String> answered = new HashSet<>();
  private final Map<Answer, Integer> taken = new EnumMap<>(Answer.class);
  private final Set<String> cancelled = new HashSet<>();
  private final Map<LocalDate, List<Camt053.Detail>> wentBack = new HashMap<>();
  private int files;

  /**
   * @param packages the folder in which one bank's packages arrive
   * @param answers the folder in which that bank expects answers
   */
  public ClearingHouse(Path packages, Path answers) {
    this.packages = packages;
    this.answers = answers;
  }

  /**
   * Answers what is due in a round: in the first each package once, in the second what was late,
   * returned or contradicted of the first. A package is answered once a round.
   *
   * @param round from 1 to {@link #ROUNDS}
   * @param at when the answers say that they were made
   * @return the files left, in the order of their names
   * @throws IllegalArgumentException if a package is no valid pacs.008
   */
  public List<Path> answer(int round, OffsetDateTime at) {
    Objects.checkIndex(round - 1, ROUNDS);
    return leave(letters(round), at);
  }

  /**
   * Answers all rounds at once, the files in an order that depends on the seed: a return can come
   * before the settlement it returns, a second word before the first.
   */
  public List<Path> answerShuffled(long seed, OffsetDateTime at) {
    var letters = new ArrayList<Letter>();
    for (int round = 1; round <= ROUNDS; round++) {
      letters.addAll(letters(round));
    }
    Collections.shuffle(letters, new Random(seed));
    return leave(letters, at);
  }

  /** How many transfers of each kind have come in so far. */
  public Map<Answer, Integer> taken() {
    return Collections.unmodifiableMap(taken);
  }

  // ------------------------------------------------------------------ what to say

  private List<Letter> letters(int round) {
    var letters = new ArrayList<Letter>();
    for (var file : arrived()) {
      var name = file.getFileName().toString();
      if (answered.contains(round + " " + name)
          || round > 1 && !answered.contains("1 " + name)
          || !isPackage(file)) {
        continue;
      }
      answered.add(round + " " + name);
      var about = read(file);
      if (round == 1) {
        about.transfers().forEach(t -> taken.merge(t.answer(), 1, Integer::sum));
        add(
            letters,
            new Letter(
                about,
                round,
                Kind.STATUS,
                of(
                    about,
                    Answer.SETTLE,
                    Answer.REJECT,
                    Answer.RETURN,
                    Answer.TWICE,
                    Answer.CONTRADICT,
                    Answer.RECALL_REFUSED,
                    Answer.RECALL_BOTH)));
        add(letters, new Letter(about, round, Kind.STATUS_AGAIN, of(about, Answer.TWICE)));
      } else {
        add(
            letters,
            new Letter(about, round, Kind.STATUS, of(about, Answer.LATE, Answer.CONTRADICT)));
        add(letters, new Letter(about, round, Kind.RETURN, of(about, Answer.RETURN)));
      }
    }
    return letters;
  }

  /**
   * Answers what it was asked and has not answered yet: each pacs.028 by a pacs.002 of what it will
   * tell now, each camt.056 as the payee's account chooses.
   *
   * @param at when the answers say that they were made
   * @return the files left, in the order of their names
   */
  public List<Path> answerQuestions(OffsetDateTime at) {
    var packages = new HashMap<String, Package>();
    var letters = new ArrayList<Letter>();
    var questions = new ArrayList<Path>();
    var files = arrived();
    for (var file : files) {
      if (!isPackage(file) && answered.add("question " + file.getFileName())) {
        questions.add(file);
      }
    }
    for (var file : questions.isEmpty() ? List.<Path>of() : files) {
      if (isPackage(file)) {
        var about = read(file);
        packages.put(about.msgId(), about);
      }
    }
    for (var file : questions) {
      if (kind(file).equals("pacs.028")) {
        inquiry(file, packages, letters);
      } else {
        recall(file, packages, letters);
      }
    }
    return leave(letters, at);
  }

  private static void inquiry(Path file, Map<String, Package> packages, List<Letter> letters) {
    try (var pacs = Pacs028.open(new BufferedInputStream(Files.newInputStream(file)))) {
      Package about = null;
      var asked = new HashSet<String>();
      for (var event = pacs.next(); event != null; event = pacs.next()) {
        switch (event) {
          case Pacs028.Original told -> about = packages.get(told.orgnlMsgId());
          case Pacs028.Asked told -> asked.add(Objects.requireNonNullElse(told.orgnlTxId(), ""));
        }
      }
      if (pacs.report().verdict() != Verdict.VALID || about == null) {
        throw new IllegalArgumentException("not a question for clearing: " + file);
      }
      var told =
          of(about, Answer.LATE, Answer.ASKED_SETTLE, Answer.ASKED_REJECT).stream()
              .filter(t -> asked.isEmpty() || asked.contains(t.txId()))
              .toList();
      add(letters, new Letter(about, ROUNDS, Kind.ASKED, told));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recall(Path file, Map<String, Package> packages, List<Letter> letters) {
    try (var camt = Camt056.open(new BufferedInputStream(Files.newInputStream(file)))) {
      for (var event = camt.next(); event != null; event = camt.next()) {
        if (event instanceof Camt056.Recall told) {
          var about = packages.get(told.orgnlMsgId());
          var transfer =
              about == null
                  ? null
                  : about.transfers().stream()
                      .filter(t -> t.txId().equals(told.orgnlTxId()))
                      .findFirst()
                      .orElse(null);
          if (about == null || transfer == null) {
            throw new IllegalArgumentException("a recall of what was never sent: " + file);
          }
          recall(about, transfer, letters);
        }
      }
      if (camt.report().verdict() != Verdict.VALID) {
        throw new IllegalArgumentException("not a recall: " + file + camt.report().findings());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recall(Package about, Transfer transfer, List<Letter> letters) {
    boolean settled = answered.contains("1 " + about.file()) && settles(transfer.answer());
    boolean late =
        transfer.answer() == Answer.LATE && answered.contains(ROUNDS + " " + about.file());
    var kinds =
        switch (transfer.answer()) {
          case RECALL_REFUSED, REJECT -> List.of(Kind.REFUSAL);
          case RECALL_BOTH -> List.of(Kind.REFUSAL, Kind.RECALLED);
          default -> List.of(settled || late ? Kind.RECALLED : Kind.CANCELLED);
        };
    for (var kind : kinds) {
      if (kind == Kind.CANCELLED) {
        cancelled.add(transfer.txId());
      }
      letters.add(new Letter(about, ROUNDS, kind, List.of(transfer)));
    }
  }

  /** Whether it settles in the first round. */
  private static boolean settles(Answer answer) {
    return switch (answer) {
      case SETTLE, RETURN, TWICE, CONTRADICT, RECALL_REFUSED, RECALL_BOTH -> true;
      case REJECT, LATE, NEVER, ASKED_SETTLE, ASKED_REJECT, REPORTED -> false;
    };
  }

  /**
   * Reports what it settled of a settlement date's packages, and what went back on that day: a
   * statement of the bank's settlement account, which begins the day at nothing.
   *
   * @param at when the report says that it was made
   * @return the file left, or null when there is no package
   */
  public @Nullable Path report(LocalDate day, OffsetDateTime at) {
    var settled = new ArrayList<Package>();
    String account = null;
    for (var file : arrived()) {
      if (isPackage(file)) {
        var about = read(file);
        account = about.sender();
        if (about.settlementDate().equals(day)) {
          settled.add(about);
        }
      }
    }
    if (account == null) {
      return null;
    }
    var back = wentBack.getOrDefault(day, List.of());
    long closing = back.stream().mapToLong(Camt053.Detail::amountMinor).sum();
    for (var about : settled) {
      closing -= reported(about).stream().mapToLong(Camt053.Detail::amountMinor).sum();
    }
    var id = "D" + day.toString().replace("-", "");
    var header = new Camt053.Header("CH-" + id, at, id, account, day, 0, closing);
    return DroppedFile.leave(
        answers,
        "%06d-camt.053-%s.xml".formatted(++files, id),
        out -> {
          try (var camt = Camt053.writer(out, header)) {
            for (var about : settled) {
              if (!reported(about).isEmpty()) {
                camt.entry(about.msgId(), false, day, about.msgId(), reported(about));
              }
            }
            if (!back.isEmpty()) {
              camt.entry("BACK-" + id, true, day, null, back);
            }
          }
        });
  }

  private List<Camt053.Detail> reported(Package about) {
    return about.transfers().stream()
        .filter(
            t ->
                switch (t.answer()) {
                  case REJECT, NEVER, ASKED_REJECT -> false;
                  case LATE, ASKED_SETTLE, REPORTED -> !cancelled.contains(t.txId());
                  case SETTLE, RETURN, TWICE, CONTRADICT, RECALL_REFUSED, RECALL_BOTH -> true;
                })
        .map(t -> new Camt053.Detail(t.txId(), t.endToEnd(), t.amount(), null))
        .toList();
  }

  private static boolean isPackage(Path file) {
    var kind = kind(file);
    return !kind.equals("pacs.028") && !kind.equals("camt.056");
  }

  private static String kind(Path file) {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var kind = MessageKind.sniff(in);
      return kind == null ? "" : kind.family();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<Letter> letters, Letter letter) {
    if (!letter.transfers().isEmpty()) {
      letters.add(letter);
    }
  }

  private static List<Transfer> of(Package about, Answer... answers) {
    var wanted = Set.of(answers);
    return about.transfers().stream().filter(t -> wanted.contains(t.answer())).toList();
  }

  private static boolean rejected(Letter letter, Transfer transfer) {
    if (letter.kind() == Kind.CANCELLED) {
      return true;
    }
    return switch (transfer.answer()) {
      case REJECT, ASKED_REJECT -> true;
      case CONTRADICT -> letter.round() > 1;
      case SETTLE,
          RETURN,
          LATE,
          TWICE,
          RECALL_REFUSED,
          RECALL_BOTH,
          NEVER,
          ASKED_SETTLE,
          REPORTED ->
          false;
    };
  }

  // ------------------------------------------------------------------ packages in

  private List<Path> arrived() {
    if (!Files.isDirectory(packages)) {
      return List.of();
    }
    try (var found = Files.list(packages)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(".xml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Package read(Path file) {
    try (var pacs = Pacs008.open(new BufferedInputStream(Files.newInputStream(file)))) {
      Pacs008.Group group = null;
      var transfers = new ArrayList<Transfer>();
      for (var event = pacs.next(); event != null; event = pacs.next()) {
        switch (event) {
          case Pacs008.Group told -> group = told;
          case Pacs008.Transfer told -> {
            if (told.txId() != null && told.amount() != null && told.cdtrAcct() != null) {
              transfers.add(
                  new Transfer(
                      told.txId(),
                      told.endToEndId(),
                      told.amount().movePointRight(2).longValueExact(),
                      Answer.of(told.cdtrAcct())));
            }
          }
        }
      }
      var report = pacs.report();
      if (report.verdict() != Verdict.VALID
          || group == null
          || group.msgId() == null
          || group.settlementDate() == null
          || group.nbOfTxs() == null
          || group.nbOfTxs() != transfers.size()) {
        throw new IllegalArgumentException(
            "not a package for clearing: " + file + " " + report.findings());
      }
      return new Package(
          file.getFileName().toString(),
          group.msgId(),
          group.settlementDate(),
          group.instgAgtMember(),
          group.instdAgtMember(),
          transfers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ------------------------------------------------------------------ answers out

  private List<Path> leave(List<Letter> letters, OffsetDateTime at) {
    var left = new ArrayList<Path>(letters.size());
    for (var letter : letters) {
      left.add(leave(letter, at));
    }
    return left;
  }

  /** Named in the order of arrival, which is the order in which a folder is read. */
  private Path leave(Letter letter, OffsetDateTime at) {
    var first = letter.transfers().getFirst().txId();
    // At most 35 characters, and as unique as the bank's transaction identifications.
    var msgId = "CH" + letter.round() + letter.kind().ordinal() + "-" + first;
    var name = "%06d-%s-%s.xml".formatted(++files, letter.kind().message, msgId);
    return DroppedFile.leave(
        answers,
        name,
        out -> {
          switch (letter.kind()) {
            case RETURN, RECALLED -> writeReturns(letter, msgId, at, out);
            case REFUSAL -> writeRefusals(letter, msgId, at, out);
            case STATUS, STATUS_AGAIN, CANCELLED, ASKED -> writeStatuses(letter, msgId, at, out);
          }
        });
  }

  private static void writeRefusals(
      Letter letter, String msgId, OffsetDateTime at, java.io.OutputStream out) {
    var about = letter.about();
    try (var camt =
        Camt029.writer(
            out,
            new Camt029.Header(
                msgId,
                at,
                Objects.requireNonNullElse(about.receiver(), ""),
                Objects.requireNonNullElse(about.sender(), ""),
                "RJCR"))) {
      for (var transfer : letter.transfers()) {
        camt.answer(
            about.msgId(), Pacs008.VERSION, transfer.endToEnd(), transfer.txId(), "RJCR", CUSTOMER);
      }
    }
  }

  private static void writeStatuses(
      Letter letter, String msgId, OffsetDateTime at, java.io.OutputStream out) {
    var about = letter.about();
    try (var pacs =
        Pacs002.writer(
            out,
            new Pacs002.Header(
                msgId,
                at,
                about.receiver(),
                about.sender(),
                about.msgId(),
                Pacs008.VERSION,
                group(letter),
                null))) {
      for (var transfer : letter.transfers()) {
        boolean rejected = rejected(letter, transfer);
        pacs.status(
            null,
            transfer.endToEnd(),
            transfer.txId(),
            rejected ? "RJCT" : "ACSC",
            rejected ? letter.kind() == Kind.CANCELLED ? CANCELLED : ACCOUNT_CLOSED : null,
            rejected ? null : at,
            rejected ? null : about.settlementDate());
      }
    }
  }

  /** The group's status speaks for the whole package, so one part of it makes it PART. */
  private static String group(Letter letter) {
    if (letter.transfers().size() < letter.about().transfers().size()) {
      return "PART";
    }
    long rejected = letter.transfers().stream().filter(t -> rejected(letter, t)).count();
    return rejected == 0 ? "ACSC" : rejected == letter.transfers().size() ? "RJCT" : "PART";
  }

  private void writeReturns(
      Letter letter, String msgId, OffsetDateTime at, java.io.OutputStream out) {
    var about = letter.about();
    try (var pacs =
        Pacs004.writer(
            out,
            new Pacs004.Header(
                msgId,
                at,
                letter.transfers().size(),
                letter.transfers().stream().mapToLong(Transfer::amount).sum(),
                at.toLocalDate(),
                about.receiver(),
                about.sender(),
                about.msgId(),
                Pacs008.VERSION))) {
      var why = letter.kind() == Kind.RECALLED ? RECALLED : ACCOUNT_CLOSED;
      var back = wentBack.computeIfAbsent(at.toLocalDate(), _ -> new ArrayList<>());
      for (var transfer : letter.transfers()) {
        pacs.returned(
            "R" + transfer.txId(),
            null,
            transfer.endToEnd(),
            transfer.txId(),
            transfer.amount(),
            why);
        back.add(new Camt053.Detail(transfer.txId(), transfer.endToEnd(), transfer.amount(), why));
      }
    }
  }
}
