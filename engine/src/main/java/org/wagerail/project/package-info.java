/**
 * Decides who and what the engine knows: banks, persons and firms, projects and their wage books,
 * agreements, employments, confirmations, signatories, calendars and dated parameters. Invariant: a
 * directory of reference data is taken in whole or not at all, and a row that is here never
 * changes; what is new is another row with its own date. Personal data stands once: names sealed as
 * {@code party.name_sealed} and identifiers as {@code party_identifier.sealed}, both under the
 * party's number, accounts as {@code worker_account.sealed} under the account's number, and found
 * by {@link org.wagerail.project.BlindIndex}. Doors: {@link org.wagerail.project.ReferenceData},
 * {@link org.wagerail.project.Parameters}, {@link org.wagerail.project.Calendars}, {@link
 * org.wagerail.project.Confirmations}, {@link org.wagerail.project.Disputes}, {@link
 * org.wagerail.project.WorkerAccounts}, {@link org.wagerail.project.Movements}, {@link
 * org.wagerail.project.Users}.
 */
@NullMarked
package org.wagerail.project;

import org.jspecify.annotations.NullMarked;
