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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Reason;
import org.wagerail.iso.Verdict;

/**
 * A simulated clearing house: takes pacs.008 packages from a folder and leaves pacs.002 and
 * pacs.004 in another, as {@link Answer} chooses. The caller decides when a round comes. Answers
 * are a function of the packages and the time given, so a house that starts anew on the same folder
 * gives the same answers again, as a real one might.
 *
 * <pre>{@code
 * var house = new ClearingHouse(home.out().resolve("clearing/" + code),
 *                               home.in().resolve("clearing/" + code));
 * house.answer(1, at);
 * house.answer(2, later);
 * }</pre>
 */
public final class ClearingHouse {
  /** After this many rounds everything is answered that ever will be. */
  public static final int ROUNDS = 2;

  private static final Reason ACCOUNT_CLOSED = new Reason("AC04", "账户已销户 The account is closed");

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
    RETURN("pacs.004");

    private final String message;

    Kind(String message) {
      this.message = message;
    }
  }

  private final Path packages;
  private final Path answers;
  private final Set<String> answered = new HashSet<>();
  private final Map<Answer, Integer> taken = new EnumMap<>(Answer.class);
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
   * returned or contradicted. A package is answered once a round.
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
      if (!answered.add(round + " " + name)) {
        continue;
      }
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
                    Answer.CONTRADICT)));
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
    return switch (transfer.answer()) {
      case REJECT -> true;
      case CONTRADICT -> letter.round() > 1;
      case SETTLE, RETURN, LATE, TWICE, NEVER -> false;
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
          if (letter.kind() == Kind.RETURN) {
            writeReturns(letter, msgId, at, out);
          } else {
            writeStatuses(letter, msgId, at, out);
          }
        });
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
            rejected ? ACCOUNT_CLOSED : null,
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

  private static void writeReturns(
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
      for (var transfer : letter.transfers()) {
        pacs.returned(
            "R" + transfer.txId(),
            null,
            transfer.endToEnd(),
            transfer.txId(),
            transfer.amount(),
            ACCOUNT_CLOSED);
      }
    }
  }
}
