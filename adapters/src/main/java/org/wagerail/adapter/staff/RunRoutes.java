package org.wagerail.adapter.staff;

import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.adapter.rest.Paging;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.Standings;
import org.wagerail.project.Role;

/** Runs and payments, to look at. */
@RestController
@ConditionalOnWebApplication
final class RunRoutes {
  private static final Pattern ID = Pattern.compile("([0-9]{6})-([0-9]{1,18})");

  private final Standings standings;

  RunRoutes(Standings standings) {
    this.standings = standings;
  }

  @GetMapping("/v1/runs")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> runs(
      Caller caller,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var before = Paging.read(cursor, 2);
    return Paging.page(
        standings.runs(
            caller.bank(),
            before == null ? null : (Integer) (int) before[0],
            before == null ? null : (Long) before[1],
            most + 1),
        most,
        RunRoutes::say,
        run -> new long[] {run.month(), run.run()});
  }

  @GetMapping("/v1/runs/{id}")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> run(Caller caller, @PathVariable String id) {
    var parts = ID.matcher(id);
    if (!parts.matches()) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return standings
        .run(caller.bank(), Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
        .map(run -> Answers.ok(say(run)))
        .orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND));
  }

  @GetMapping("/v1/payments/{id}")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> payment(Caller caller, @PathVariable String id) {
    var txId = TxId.read(id);
    if (txId == null) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    var payment =
        standings
            .payment(caller.bank(), txId)
            .orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND));
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", id);
    body.put("state", payment.state());
    body.put("reason", payment.reason());
    body.put("amount", Answers.yuan(payment.amount()));
    body.put("rail", payment.rail());
    body.put("worker", payment.worker());
    body.put("account", payment.account());
    body.put("run", payment.runMonth() + "-" + payment.run());
    body.put("payroll", payment.payroll().month() + "-" + payment.payroll().document());
    body.put("line", payment.line());
    body.put("replaces", payment.replaces() == null ? null : payment.replaces().toString());
    return Answers.ok(body);
  }

  private static LinkedHashMap<String, Object> say(Standings.Run run) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", run.month() + "-" + run.run());
    body.put("project", run.project());
    body.put("payDate", run.payDate().toString());
    body.put("outcome", run.outcome());
    body.put("lines", run.lines());
    body.put("needed", Answers.yuan(run.needed()));
    body.put("available", Answers.yuan(run.available()));
    body.put("paid", Answers.yuan(run.paid()));
    body.put("payments", run.payments());
    body.put("decidedAt", run.decidedAt().toString());
    return body;
  }
}
