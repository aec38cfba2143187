package org.wagerail.adapter.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.adapter.rest.MoneyPosts;
import org.wagerail.adapter.rest.Paging;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Corrections;
import org.wagerail.project.Role;

/** Correcting entries: a document first, then one person's wish, then another's word. */
@RestController
@ConditionalOnWebApplication
final class CorrectionRoutes {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}\\.[0-9]{2}");

  private final Corrections corrections;
  private final MessageStore store;
  private final MoneyPosts posts;

  CorrectionRoutes(Corrections corrections, MessageStore store, MoneyPosts posts) {
    this.corrections = corrections;
    this.store = store;
    this.posts = posts;
  }

  /** Keeps the bytes of a paper, of whatever type, and answers with the hash that names them. */
  @PostMapping("/v1/documents")
  @Allowed(Role.MAKER)
  ResponseEntity<byte[]> keep(Caller caller, HttpServletRequest request) {
    return posts.file(
        caller,
        request,
        "evidence-bytes",
        (body, _) -> {
          var kept = store.keep(body);
          if (kept.size() == 0) {
            throw new Refused(Refused.Code.FILE_EMPTY);
          }
          return kept;
        },
        (kept, at) -> {
          corrections.keep(caller.bank(), at, person(caller), kept);
          return Answers.answer(201, Map.of("document", kept.hex(), "size", kept.size()), null);
        });
  }

  @GetMapping("/v1/corrections")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var before = Paging.read(cursor, 1);
    return Paging.page(
        corrections.before(caller.bank(), before == null ? Long.MAX_VALUE : before[0], most + 1),
        most,
        CorrectionRoutes::say,
        correction -> new long[] {correction.correction()});
  }

  /**
   * A side of a correction; with both empty the bank's settlement position.
   *
   * @param account number of the special account
   * @param project code of the project
   */
  record Side(String account, String project) {
    private Corrections.Side side() {
      return new Corrections.Side(account, project);
    }
  }

  /**
   * A correction that is asked for.
   *
   * @param amount decimal text
   * @param corrects the entry that was wrong
   * @param document hash of a document that was kept before
   */
  record Wish(
      Side debited,
      Side credited,
      String amount,
      String corrects,
      String reason,
      String document) {}

  @PostMapping("/v1/corrections")
  @Allowed(Role.MAKER)
  ResponseEntity<byte[]> ask(Caller caller, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Wish.class,
        (wish, at) -> {
          if (!AMOUNT.matcher(wish.amount()).matches()) {
            throw invalid("/amount");
          }
          if (!HASH.matcher(wish.document()).matches()) {
            throw invalid("/document");
          }
          var outcome =
              corrections.ask(
                  caller.bank(),
                  at,
                  person(caller),
                  new Corrections.Wish(
                      wish.debited().side(),
                      wish.credited().side(),
                      new BigDecimal(wish.amount()).unscaledValue().longValueExact(),
                      wish.corrects(),
                      wish.reason(),
                      HexFormat.of().parseHex(wish.document())));
          return switch (outcome) {
            case Corrections.Asked(long correction) ->
                Answers.answer(201, standing(caller, correction), "/v1/corrections");
            case Corrections.Refused(var why) -> throw refused(why);
          };
        });
  }

  private static Refused invalid(String pointer) {
    return new Refused(
        Refused.Code.BODY_INVALID,
        Refused.Code.BODY_INVALID.name(),
        pointer,
        Refused.Code.BODY_INVALID.title(),
        List.of());
  }

  /**
   * What another says to it.
   *
   * @param reason why not; empty when agreed
   */
  record Word(boolean agreed, String reason) {}

  /** An agreed correction is booked within seconds, by the engine itself. */
  @PostMapping("/v1/corrections/{id}/answers")
  @Allowed(Role.CHECKER)
  ResponseEntity<byte[]> answer(Caller caller, @PathVariable long id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Word.class,
        (word, at) -> {
          var refusal =
              corrections.answer(
                  caller.bank(), at, person(caller), id, word.agreed(), word.reason());
          if (refusal != null) {
            throw refused(refusal);
          }
          return Answers.answer(202, standing(caller, id), "/v1/corrections");
        });
  }

  private static Refused refused(Corrections.Refusal why) {
    return switch (why) {
      case SAME_PERSON -> new Refused(Refused.Code.FOUR_EYES);
      case NO_SUCH_CORRECTION -> new Refused(Refused.Code.NOT_FOUND);
      case ANSWERED_ALREADY -> new Refused(Refused.Code.STATE_CONFLICT, why.toString());
      case UNKNOWN_WAGE_BOOK,
          AMOUNT_NOT_POSITIVE,
          ONE_SIDE_ONLY,
          NO_DOCUMENT,
          NO_REASON,
          MORE_THAN_AVAILABLE ->
          new Refused(Refused.Code.DECISION_REFUSED, why.name(), null, why.toString(), List.of());
    };
  }

  private Object standing(Caller caller, long correction) {
    return corrections.before(caller.bank(), correction + 1, 1).stream()
        .map(CorrectionRoutes::say)
        .findFirst()
        .orElseThrow();
  }

  private static String person(Caller caller) {
    return WorkItems.person(caller.person());
  }

  private static LinkedHashMap<String, @Nullable Object> say(Corrections.Correction correction) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", correction.correction());
    body.put("state", correction.state().name());
    body.put("debited", correction.debited());
    body.put("credited", correction.credited());
    body.put("amount", Answers.yuan(correction.amount()));
    body.put("corrects", correction.corrects());
    body.put("reason", correction.reason());
    body.put("document", correction.document());
    body.put("maker", correction.maker());
    body.put("askedAt", correction.askedAt().toString());
    body.put("checker", correction.checker());
    body.put("why", correction.why());
    return body;
  }
}
