/**
 * The contractor: payrolls in (pain.001), reports out (pain.002). The one translation between what
 * the message says and what the engine calls a payroll. Invariant: a file's bytes are kept before
 * anything is made of them. Doors: {@link org.wagerail.adapter.contractor.PayrollFiles}, {@link
 * org.wagerail.adapter.contractor.PayrollReader}, {@link
 * org.wagerail.adapter.contractor.StatusReports}.
 */
@NullMarked
package org.wagerail.adapter.contractor;

import org.jspecify.annotations.NullMarked;
