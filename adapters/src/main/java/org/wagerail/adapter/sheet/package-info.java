/**
 * The payroll sheet: a payroll as xlsx or csv, with the fields of a pain.001, one wage a row. Says
 * what a sheet says in the words of the message, and whether it can be trusted to be a sheet at
 * all. Invariant: nothing is believed of a file but its bytes, and no file makes memory grow beyond
 * its limits. Doors: {@link org.wagerail.adapter.sheet.DocumentKind}, {@link
 * org.wagerail.adapter.sheet.PayrollSheet}, {@link org.wagerail.adapter.sheet.SheetTemplate},
 * {@link org.wagerail.adapter.sheet.AnnotatedSheet}.
 */
@NullMarked
package org.wagerail.adapter.sheet;

import org.jspecify.annotations.NullMarked;
