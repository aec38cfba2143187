package org.wagerail.ops.payday;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.clearing.PackageWriter;
import org.wagerail.adapter.clearing.QuestionWriter;
import org.wagerail.adapter.clearing.ReplyReader;
import org.wagerail.adapter.clearing.SettlementReader;
import org.wagerail.adapter.contractor.PayrollReader;
import org.wagerail.adapter.contractor.ReturnAdvices;
import org.wagerail.adapter.contractor.StatusReports;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.bulk.Months;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Outbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.payment.Clearing;
import org.wagerail.payment.Inquiries;
import org.wagerail.payment.Payments;
import org.wagerail.payment.Recalls;
import org.wagerail.payment.SettlementReports;
import org.wagerail.payroll.LineLimits;
import org.wagerail.payroll.PayRuns;
import org.wagerail.payroll.Payouts;
import org.wagerail.payroll.PayrollReports;
import org.wagerail.payroll.Payrolls;
import org.wagerail.payroll.ReturnNotices;
import org.wagerail.payroll.Screening;
import org.wagerail.project.Banks;
import org.wagerail.project.Calendars;
import org.wagerail.project.Parameters;

/**
 * A payday's jobs: payrolls in, runs at a cut-off, clearing's answers in, questions to clearing
 * out. Each can be killed at any moment and started again; what one cannot do for a single file or
 * run it does for all others, and says so by {@link SetAside}.
 */
@Component
public final class PayDay {
  /** Replies of one transaction. */
  private static final int REPLIES = PayrollBlocks.WAGES / 2;

  /** Runs that one transaction debits: few enough to hold their accounts for some milliseconds. */
  private static final int DEBITS = 100;

  /** A report costs about as much as so many lines of it. */
  private static final int REPORT = 50;

  private final Jobs jobs;
  private final Banks banks;
  private final Parameters parameters;
  private final Calendars calendars;
  private final Months months;
  private final Inbox inbox;
  private final Payrolls payrolls;
  private final Screening screening;
  private final PayrollReader payrollReader;
  private final PayrollReports reports;
  private final StatusReports statusReports;
  private final PayRuns payRuns;
  private final Payouts payouts;
  private final Payments payments;
  private final PackageWriter packageWriter;
  private final Clearing clearing;
  private final ReplyReader replyReader;
  private final SettlementReader settlementReader;
  private final SettlementReports settlementReports;
  private final Inquiries inquiries;
  private final Recalls recalls;
  private final QuestionWriter questionWriter;
  private final ReturnNotices returnNotices;
  private final ReturnAdvices returnAdvices;

  PayDay(
      Jobs jobs,
      Banks banks,
      Parameters parameters,
      Calendars calendars,
      Months months,
      Inbox inbox,
      Payrolls payrolls,
      Screening screening,
      PayrollReader payrollReader,
      PayrollReports reports,
      StatusReports statusReports,
      PayRuns payRuns,
      Payouts payouts,
      Payments payments,
      PackageWriter packageWriter,
      Clearing clearing,
      ReplyReader replyReader,
      SettlementReader settlementReader,
      SettlementReports settlementReports,
      Inquiries inquiries,
      Recalls recalls,
      QuestionWriter questionWriter,
      ReturnNotices returnNotices,
      ReturnAdvices returnAdvices) {
    this.jobs = jobs;
    this.banks = banks;
    this.parameters = parameters;
    this.calendars = calendars;
    this.months = months;
    this.inbox = inbox;
    this.payrolls = payrolls;
    this.screening = screening;
    this.payrollReader = payrollReader;
    this.reports = reports;
    this.statusReports = statusReports;
    this.payRuns = payRuns;
    this.payouts = payouts;
    this.payments = payments;
    this.packageWriter = packageWriter;
    this.clearing = clearing;
    this.replyReader = replyReader;
    this.settlementReader = settlementReader;
    this.settlementReports = settlementReports;
    this.inquiries = inquiries;
    this.recalls = recalls;
    this.questionWriter = questionWriter;
    this.returnNotices = returnNotices;
    this.returnAdvices = returnAdvices;
  }

  /** Reads the contractors' open documents and reports each payroll as received. */
  public void intake(int bank, Instant at) {
    var zone = banks.zone(bank);
    var today = at.atZone(zone).toLocalDate();
    var yardstick = yardstick(bank, today);
    var limits = SheetLimits.of(parameters.of(bank, ""), today);
    var groups =
        new Shared<>(
            Shared.blocks(
                inbox.open(bank, Sender.CONTRACTOR), PayrollBlocks.WAGES, PayrollBlocks::weight));
    var job = jobs.job("intake", bank, once(bank, at));
    job.run(
        List.of(
            job.workers(
                "read",
                () -> new PayrollBlocks(bank, groups, payrollReader, limits, payrolls, job),
                block ->
                    payrolls.take(
                        bank,
                        at,
                        yardstick,
                        screening.screen(bank, yardstick.today(), block),
                        block)),
            weigh(job, "weigh lines", yardstick.today()),
            tell(job, bank, at, zone, "acknowledge", () -> reports.received(bank))));
  }

  /**
   * Decides, debits, pays and packs what is due at a cut-off. The business date is the cut-off's in
   * the bank's zone.
   */
  public void run(int bank, Instant cutOff) {
    var today = cutOff.atZone(banks.zone(bank)).toLocalDate();
    run(bank, cutOff, once(bank, cutOff), () -> payRuns.due(bank, today, cutOff));
  }

  /** Whether anything is due to leavers or as a supplement that no run has looked at. */
  public boolean isDueAtOnce(int bank, Instant at) {
    return !payRuns.dueAtOnce(bank, at.atZone(banks.zone(bank)).toLocalDate(), at).isEmpty();
  }

  /**
   * Decides, pays and packs what is due to leavers and as supplements, which waits for no cut-off.
   */
  public void runAtOnce(int bank, Instant at) {
    var today = at.atZone(banks.zone(bank)).toLocalDate();
    run(
        bank,
        at,
        new JobParametersBuilder(once(bank, at))
            .addString("runs", "leavers and supplements")
            .toJobParameters(),
        () -> payRuns.dueAtOnce(bank, today, at));
  }

  private void run(int bank, Instant cutOff, JobParameters once, Supplier<List<PayRuns.Due>> due) {
    var zone = banks.zone(bank);
    var today = cutOff.atZone(zone).toLocalDate();
    int packageSize = Math.toIntExact(parameters.of(bank, "").number("package-size", today));
    var sender = banks.of(bank).code();
    var job = jobs.job("payday", bank, once);
    job.run(
        List.of(
            job.blocks(
                "decide",
                () -> Shared.blocks(due.get(), PayrollBlocks.WAGES, PayRuns.Due::lines),
                block -> payRuns.decide(bank, today, cutOff, block)),
            job.blocks(
                "debit",
                () -> Shared.blocks(payRuns.reserved(bank), DEBITS, _ -> 1),
                block -> payRuns.debit(bank, today, cutOff, block)),
            job.parallel(
                "pay",
                () ->
                    Shared.blocks(
                        payouts.debited(bank), PayrollBlocks.WAGES, Payouts.Debited::lines),
                block -> payouts.pay(bank, today, packageSize, block)),
            weigh(job, "weigh payments", today),
            job.parallel(
                "pack",
                () ->
                    Shared.blocks(
                        payments.unsent(bank), PayrollBlocks.WAGES, Payments.Package::payments),
                block -> pack(bank, sender, cutOff, zone, block)),
            tell(job, bank, cutOff, zone, "tell", () -> reports.shortAt(bank, cutOff))));
  }

  /**
   * Takes clearing's open documents: answers first, then its report of a day, which is compared
   * with what the answers made. Then reports each payroll whose payments are all answered, and each
   * wage that came back. Documents that break their grammar or do not add up are set aside whole.
   */
  public void answers(int bank, Instant at) {
    var zone = banks.zone(bank);
    var today = at.atZone(zone).toLocalDate();
    var job = jobs.job("answers", bank, once(bank, at));
    job.run(
        List.of(
            job.blocks(
                "replies",
                () ->
                    Shared.blocks(
                        open(bank, document -> !SettlementReader.isReport(document)),
                        REPLIES,
                        PayDay::replyWeight),
                block -> replies(bank, today, at, block)),
            weigh(job, "weigh results", today),
            job.step(
                "read settlement reports",
                () -> open(bank, SettlementReader::isReport),
                document -> settlementReport(bank, at, document)),
            job.step(
                "settle by report",
                () -> settlementReports.uncompared(bank),
                stretch -> settlementReports.settle(bank, today, at, stretch)),
            job.step(
                "compare settlement reports",
                () -> settlementReports.open(bank),
                report -> settlementReports.compare(bank, at, report)),
            tell(job, bank, at, zone, "report", () -> reports.answered(bank)),
            job.blocks(
                "advise returns",
                () ->
                    Shared.blocks(
                        returnNotices.due(bank),
                        PayrollBlocks.WAGES,
                        due -> REPORT + due.returns()),
                block -> returns(bank, at, zone, block))));
  }

  /**
   * Asks clearing, at the moment given: about payments that it has not answered within the dated
   * limit, and for payments that two persons recalled. Each question goes out once.
   */
  public void ask(int bank, Instant at) {
    var zone = banks.zone(bank);
    var today = at.atZone(zone).toLocalDate();
    var sender = banks.of(bank).code();
    var job = jobs.job("questions", bank, once(bank, at));
    job.run(
        List.of(
            job.blocks(
                "inquire",
                () ->
                    Shared.blocks(
                        inquiries.due(bank, today),
                        PayrollBlocks.WAGES,
                        Payments.Package::payments),
                block -> {
                  var silences = inquiries.look(bank, block);
                  inquiries.asked(
                      bank,
                      month(at, zone),
                      at,
                      silences,
                      questionWriter.inquiries(silences, sender, at, zone));
                }),
            job.blocks(
                "recall",
                () -> Shared.blocks(recalls.unsent(bank), PayrollBlocks.WAGES, _ -> REPORT),
                block ->
                    recalls.sent(
                        bank,
                        month(at, zone),
                        at,
                        block,
                        questionWriter.recalls(block, sender, at, zone)))));
  }

  private List<InboundDocument> open(int bank, Predicate<InboundDocument> which) {
    return inbox.open(bank, Sender.CLEARING).stream().filter(which).toList();
  }

  private void settlementReport(int bank, Instant at, InboundDocument document) {
    var header = settlementReader.header(document, banks.of(bank).code());
    if (header == null) {
      clearing.setAside(bank, at, document);
      return;
    }
    try (var items = settlementReader.items(document)) {
      settlementReports.take(bank, at, document, header, items);
    }
  }

  private void returns(int bank, Instant at, ZoneId zone, List<ReturnNotices.Due> block) {
    var returns = returnNotices.returns(bank, block);
    returnNotices.told(
        bank, month(at, zone), at, block, returns, returnAdvices.write(block, returns, at, zone));
  }

  private Payrolls.Yardstick yardstick(int bank, LocalDate today) {
    var set = parameters.of(bank, "");
    return new Payrolls.Yardstick(
        today,
        new LineLimits(
            set.number("wage-line-limit", today),
            Math.toIntExact(set.number("pay-days-ahead", today)),
            Math.toIntExact(set.number("wage-months-back", today))),
        calendars.named(set.text("calendar", today)));
  }

  private Flow tell(
      Jobs.Job job,
      int bank,
      Instant at,
      ZoneId zone,
      String step,
      Supplier<List<PayrollReports.Reportable>> what) {
    return job.parallel(
        step,
        () -> Shared.blocks(what.get(), PayrollBlocks.WAGES, p -> REPORT + p.lines()),
        block ->
            reports.told(bank, month(at, zone), at, statusReports.write(bank, block, at, zone)));
  }

  private void pack(
      int bank, String sender, Instant at, ZoneId zone, List<Payments.Package> block) {
    var messages = new ArrayList<Outbox.OutboundMessage>();
    var transfers = payments.transfers(bank, block);
    for (int i = 0; i < block.size(); i++) {
      messages.add(packageWriter.write(block.get(i), transfers.get(i), sender, at, zone));
    }
    payments.sent(bank, month(at, zone), at, block, messages);
  }

  /** What was just loaded is in the month at hand or the next. */
  private Flow weigh(Jobs.Job job, String step, LocalDate today) {
    return job.step(
        step,
        () -> List.of(YearMonth.from(today), YearMonth.from(today).plusMonths(1)),
        month -> months.weigh(month.getYear() * 100 + month.getMonthValue()));
  }

  /** An answer of one payment is some 250 bytes or more. */
  private static int replyWeight(InboundDocument document) {
    return (int) Math.min(REPLIES + 1L, document.size() / 250 + 1);
  }

  private void replies(int bank, LocalDate today, Instant at, List<InboundDocument> documents) {
    var code = banks.of(bank).code();
    var block = new ArrayList<Clearing.Part>();
    var unreadable = new ArrayList<InboundDocument>();
    for (var document : documents) {
      if (!replyReader.readable(document, code)) {
        unreadable.add(document);
        continue;
      }
      try (var replies = replyReader.open(document)) {
        var next = java.util.Objects.requireNonNull(replies).next(REPLIES);
        while (true) {
          var after = replies.next(REPLIES);
          block.add(new Clearing.Part(document, next, after.isEmpty()));
          if (after.isEmpty()) {
            break;
          }
          next = after;
        }
      }
    }
    if (!block.isEmpty()) {
      clearing.take(bank, today, at, block);
    }
    unreadable.forEach(document -> clearing.setAside(bank, at, document));
  }

  private static int month(Instant at, ZoneId zone) {
    var month = YearMonth.from(at.atZone(zone));
    return month.getYear() * 100 + month.getMonthValue();
  }

  private static JobParameters once(int bank, Instant at) {
    return new JobParametersBuilder()
        .addLong("bank", (long) bank)
        .addString("at", at.toString())
        .toJobParameters();
  }
}
