package org.wagerail.adapter.contractor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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
import org.wagerail.adapter.sheet.SheetRule;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Requests;
import org.wagerail.payroll.Check;
import org.wagerail.payroll.Releases;
import org.wagerail.payroll.Standings;
import org.wagerail.payroll.Submissions;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Payrolls over REST: handed in, looked at, signed. */
@RestController
@ConditionalOnWebApplication
final class PayrollRoutes {
  private static final Pattern ID = Pattern.compile("([0-9]{6})-([0-9]{1,18})");
  private static final Pattern HASH = Pattern.compile("\"?([0-9a-f]{64})\"?");
  private static final JsonMapper JSON = new JsonMapper();

  private final PayrollFiles files;
  private final MoneyPosts posts;
  private final Standings standings;
  private final Submissions submissions;
  private final Releases releases;
  private final MessageStore store;
  private final WorkItems items;
  private final Clock clock;

  PayrollRoutes(
      PayrollFiles files,
      MoneyPosts posts,
      Standings standings,
      Submissions submissions,
      Releases releases,
      MessageStore store,
      WorkItems items,
      Clock clock) {
    this.files = files;
    this.posts = posts;
    this.standings = standings;
    this.submissions = submissions;
    this.releases = releases;
    this.store = store;
    this.items = items;
    this.clock = clock;
  }

  // ------------------------------------------------------------------ handing in

  /** What a request's media type claims its file to be; the bytes are held to it. */
  private enum Claim {
    XML("payroll-bytes-rest", "application/xml", "text/xml"),
    XLSX("sheet-bytes", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    CSV("sheet-bytes", "text/csv");

    private final String limit;
    private final List<String> types;

    /**
     * @param limit the parameter that says how large such a file may be
     */
    Claim(String limit, String... types) {
      this.limit = limit;
      this.types = List.of(types);
    }

    private static @Nullable Claim of(@Nullable String mediaType) {
      if (mediaType != null) {
        var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (var claim : values()) {
          if (claim.types.contains(type)) {
            return claim;
          }
        }
      }
      return null;
    }

    /** A name that makes the same claim, as a folder's file makes it by its name. */
    private String name(String name) {
      var ending = "." + name().toLowerCase(Locale.ROOT);
      return name.toLowerCase(Locale.ROOT).endsWith(ending) ? name : name + ending;
    }
  }

  @PostMapping("/v1/payrolls")
  @Allowed(Role.CONTRACTOR)
  ResponseEntity<byte[]> submit(Caller caller, HttpServletRequest request) {
    var claim = Claim.of(request.getContentType());
    if (claim == null) {
      throw new Refused(Refused.Code.FILE_FORMAT_UNSUPPORTED);
    }
    var name = claim.name(name(request));
    return posts.file(
        caller,
        request,
        claim.limit,
        (body, at) -> {
          var arrived = files.keep(caller.bank(), caller.day(at), name, body);
          refuseUnreadable(arrived);
          return arrived;
        },
        (arrived, at) -> take(caller, arrived, at));
  }

  /** A name is shown and never used as a path. */
  private static String name(HttpServletRequest request) {
    var header = request.getHeader(HttpHeaders.CONTENT_DISPOSITION);
    if (header == null) {
      return "payroll";
    }
    try {
      var name = Objects.requireNonNullElse(ContentDisposition.parse(header).getFilename(), "");
      var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      return last.isBlank() ? "payroll" : last;
    } catch (IllegalArgumentException malformed) {
      return "payroll";
    }
  }

  /** What is no file of its type at all is nobody's payroll. */
  private static void refuseUnreadable(PayrollFiles.Arrived arrived) {
    var findings = findings(arrived.said().findings());
    if (findings.isEmpty()) {
      return;
    }
    var first = findings.getFirst();
    if (first.rule().equals(Refused.Code.FILE_EMPTY.name())) {
      throw new Refused(Refused.Code.FILE_EMPTY);
    }
    if (SheetRule.status(first.rule()) == 415) {
      throw new Refused(
          Refused.Code.FILE_FORMAT_UNSUPPORTED,
          first.rule(),
          first.place(),
          first.message(),
          findings);
    }
    if (first.rule().startsWith("XML_")) {
      throw new Refused(
          Refused.Code.XML_INVALID, first.rule(), first.place(), first.message(), findings);
    }
  }

  private Requests.Answer take(Caller caller, PayrollFiles.Arrived arrived, Instant at) {
    if (!submissions.areOf(caller.bank(), caller.firms(), arrived.said())) {
      throw new Refused(Refused.Code.OTHER_CONTRACTOR);
    }
    var received = files.receive(caller.bank(), caller.zone(), arrived.letter(), at);
    var document = received.document();
    caller.firms().forEach(firm -> submissions.note(document, firm, caller.person(), at));
    var said = arrived.said();
    if (said.findings() != null) {
      var findings = findings(said.findings());
      var first = findings.getFirst();
      throw new Refused(
          Refused.Code.FILE_REFUSED, first.rule(), first.place(), first.message(), findings);
    }
    var key = new Standings.PayrollKey(document.month(), document.document());
    if (standings.reused(caller.bank(), said.initiator(), said.msgId(), said.contentHash())) {
      throw new Refused(
          Refused.Code.MESSAGE_ID_REUSED,
          "DU01",
          "/Document/CstmrCdtTrfInitn/GrpHdr/MsgId",
          Refused.Code.MESSAGE_ID_REUSED.title(),
          List.of());
    }
    var first =
        standings
            .earlier(caller.bank(), said.initiator(), said.msgId(), said.contentHash())
            .orElse(key);
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", id(first));
    boolean fresh = received.fresh() && first.equals(key);
    body.put("accepted", fresh);
    body.put(
        "note",
        fresh
            ? "已接收，尚未逐行检查 / accepted; its lines are not checked yet"
            : "此前已收到，以原件为准 / it came before; the first one counts");
    return Answers.answer(fresh ? 202 : 200, body, "/v1/payrolls/" + id(first));
  }

  // ------------------------------------------------------------------ looking

  @GetMapping("/v1/payrolls")
  @Allowed({
    Role.CONTRACTOR,
    Role.MAKER,
    Role.CHECKER,
    Role.OPERATOR,
    Role.RECONCILER,
    Role.AUDITOR
  })
  ResponseEntity<byte[]> payrolls(
      Caller caller,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var after = Paging.read(cursor, 2);
    return Paging.page(
        standings.payrolls(
            caller.bank(),
            caller.visibleFirms(),
            after == null ? null : new Standings.PayrollKey((int) after[0], after[1]),
            most + 1),
        most,
        PayrollRoutes::say,
        payroll -> new long[] {payroll.key().month(), payroll.key().document()});
  }

  @GetMapping("/v1/payrolls/{id}")
  @Allowed({
    Role.CONTRACTOR,
    Role.MAKER,
    Role.CHECKER,
    Role.OPERATOR,
    Role.RECONCILER,
    Role.AUDITOR
  })
  ResponseEntity<byte[]> payroll(Caller caller, @PathVariable String id) {
    var payroll = find(caller, id);
    var body = say(payroll);
    body.put(
        "verdicts",
        standings.verdicts(caller.bank(), payroll.month(), payroll.payroll()).stream()
            .map(
                v ->
                    Map.of(
                        "verdict", v.verdict(), "lines", v.lines(), "sum", Answers.yuan(v.sum())))
            .toList());
    var waiting = items.waiting(caller.bank(), clock.instant(), payroll.month(), payroll.payroll());
    body.put("waiting", Map.of("lines", waiting.lines(), "overdue", waiting.overdue()));
    body.put("findings", findings(payroll.findings()));
    if (payroll.contentHash() != null) {
      body.put(
          "toSign",
          Base64.getEncoder()
              .encodeToString(Releases.toSign(caller.bankCode(), payroll.contentHash())));
    }
    return Answers.http(Answers.answer(200, body, null), tag(payroll));
  }

  @GetMapping("/v1/payrolls/{id}/lines")
  @Allowed({
    Role.CONTRACTOR,
    Role.MAKER,
    Role.CHECKER,
    Role.OPERATOR,
    Role.RECONCILER,
    Role.AUDITOR
  })
  ResponseEntity<byte[]> lines(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var after = Paging.read(cursor, 1);
    var payroll = find(caller, id);
    return Paging.page(
        standings.lines(
            caller.bank(),
            payroll.month(),
            payroll.payroll(),
            after == null ? 0 : (int) after[0],
            most + 1),
        most,
        PayrollRoutes::say,
        line -> new long[] {line.line()});
  }

  @GetMapping("/v1/payrolls/{id}/status-report")
  @Allowed({
    Role.CONTRACTOR,
    Role.MAKER,
    Role.CHECKER,
    Role.OPERATOR,
    Role.RECONCILER,
    Role.AUDITOR
  })
  void report(Caller caller, @PathVariable String id, HttpServletResponse response)
      throws IOException {
    var payroll = find(caller, id);
    var report =
        standings
            .report(caller.bank(), payroll.key())
            .orElseThrow(() -> new Refused(Refused.Code.REPORT_NOT_READY));
    try (var bytes = store.read(report.hash())) {
      response.setContentType("application/xml");
      response.setContentLengthLong(report.size());
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename(report.name()).build().toString());
      bytes.transferTo(response.getOutputStream());
    }
  }

  // ------------------------------------------------------------------ signing

  /**
   * One person's release.
   *
   * @param signature Ed25519 over what the payroll says is to be signed, Base64
   */
  record Signature(String signature) {}

  @PostMapping("/v1/payrolls/{id}/releases")
  @Allowed(Role.CONTRACTOR)
  ResponseEntity<byte[]> release(
      Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller, request, Signature.class, (body, at) -> release(caller, id, request, body, at));
  }

  private Requests.Answer release(
      Caller caller, String id, HttpServletRequest request, Signature body, Instant at) {
    var seen = request.getHeader(HttpHeaders.IF_MATCH);
    if (seen == null) {
      throw new Refused(Refused.Code.PRECONDITION_REQUIRED);
    }
    var payroll = find(caller, id);
    if (payroll.contentHash() == null) {
      throw new Refused(Refused.Code.STATE_CONFLICT);
    }
    var hash = HASH.matcher(seen);
    if (!hash.matches()) {
      throw new Refused(Refused.Code.HASH_CHANGED);
    }
    var refusal =
        releases.sign(
            caller.bank(),
            caller.day(at),
            at,
            HexFormat.of().parseHex(hash.group(1)),
            new Releases.Release(
                payroll.month(), payroll.payroll(), caller.person(), signature(body)));
    if (refusal != null) {
      throw new Refused(
          switch (refusal) {
            case NO_SUCH_PAYROLL, RELEASED_ALREADY -> Refused.Code.STATE_CONFLICT;
            case NOT_A_SIGNATORY -> Refused.Code.NOT_A_SIGNATORY;
            case SIGNATURE_WRONG -> Refused.Code.SIGNATURE_INVALID;
            case SAME_PERSON -> Refused.Code.FOUR_EYES;
            case CONTENT_CHANGED -> Refused.Code.HASH_CHANGED;
          });
    }
    return Answers.answer(200, say(find(caller, id)), "/v1/payrolls/" + id);
  }

  private static byte[] signature(Signature body) {
    try {
      return Base64.getDecoder().decode(body.signature());
    } catch (IllegalArgumentException notBase64) {
      throw new Refused(
          Refused.Code.BODY_INVALID,
          Refused.Code.BODY_INVALID.name(),
          "/signature",
          "签名须为 Base64 / the signature must be Base64",
          List.of());
    }
  }

  // ------------------------------------------------------------------ words

  private Standings.Payroll find(Caller caller, String id) {
    var parts = ID.matcher(id);
    if (!parts.matches()) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return standings
        .payroll(
            caller.bank(),
            caller.visibleFirms(),
            new Standings.PayrollKey(
                Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
        .orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND));
  }

  private static String id(Standings.PayrollKey key) {
    return "%06d-%d".formatted(key.month(), key.document());
  }

  private static Map<String, String> tag(Standings.Payroll payroll) {
    return payroll.contentHash() == null
        ? Map.of()
        : Map.of(HttpHeaders.ETAG, '"' + HexFormat.of().formatHex(payroll.contentHash()) + '"');
  }

  private static LinkedHashMap<String, @Nullable Object> say(Standings.Payroll payroll) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", id(payroll.key()));
    body.put("state", payroll.state().name());
    body.put("file", payroll.name());
    body.put("message", payroll.message());
    body.put("receivedAt", payroll.receivedAt().toString());
    body.put("messageId", payroll.msgId());
    body.put(
        "contentHash",
        payroll.contentHash() == null ? null : HexFormat.of().formatHex(payroll.contentHash()));
    body.put("lines", payroll.lines());
    body.put("total", Answers.yuan(payroll.total()));
    body.put("signatures", payroll.signatures());
    return body;
  }

  private static LinkedHashMap<String, @Nullable Object> say(Standings.Line line) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("line", line.line());
    body.put("batch", line.batch());
    body.put("endToEndId", line.endToEnd());
    body.put("worker", line.worker());
    body.put("account", line.account());
    body.put(
        "period",
        line.period() == 0 ? null : "%d-%02d".formatted(line.period() / 100, line.period() % 100));
    body.put("runType", line.runType());
    body.put("amount", Answers.yuan(line.amount()));
    body.put("verdict", line.verdict());
    body.put("checks", line.checks().stream().map(PayrollRoutes::say).toList());
    body.put("paid", Answers.yuan(line.standing()));
    body.put("result", line.result());
    body.put("reason", line.reason());
    body.put("payments", line.payments());
    return body;
  }

  private static Map<String, String> say(Check check) {
    return Map.of(
        "state",
        check.state(),
        "code",
        check.code(),
        "reason",
        check.chinese() + " / " + check.english());
  }

  private static List<Refused.Finding> findings(@Nullable String json) {
    if (json == null || json.isEmpty()) {
      return List.of();
    }
    var findings = new ArrayList<Refused.Finding>();
    for (JsonNode finding : JSON.readTree(json.getBytes(StandardCharsets.UTF_8))) {
      if (!finding.has("more")) {
        findings.add(
            new Refused.Finding(
                finding.get("line").asInt(),
                finding.get("path").asString(),
                finding.get("rule").asString(),
                finding.get("code").asString(),
                finding.get("message").asString()));
      }
    }
    return findings;
  }
}
