/**
 * Payrolls and runs: which line of a contractor's file is paid, held or refused; who released it;
 * what a wage book pays when the money is short. Invariant: the lines of a file are refused, held,
 * unpaid or paid out, and nothing else; one wage of a worker, project, period and kind is paid
 * once. Doors: {@link org.wagerail.payroll.Payrolls}, {@link org.wagerail.payroll.Releases}, {@link
 * org.wagerail.payroll.PayRuns}, {@link org.wagerail.payroll.Payouts}, {@link
 * org.wagerail.payroll.LineDecisions}, {@link org.wagerail.payroll.Repairs}, {@link
 * org.wagerail.payroll.Standings}, {@link org.wagerail.payroll.Submissions}, {@link
 * org.wagerail.payroll.WorkItems}, {@link org.wagerail.payroll.ScreeningLists}.
 */
@NullMarked
package org.wagerail.payroll;

import org.jspecify.annotations.NullMarked;
