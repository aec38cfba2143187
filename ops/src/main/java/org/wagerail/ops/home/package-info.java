/**
 * Decides where this installation keeps its things and who may touch them: folders, the master key,
 * the embedded PostgreSQL. Invariant: one live process owns a home with an embedded server, and a
 * server that outlived its process is stopped in order, never reused. Door: {@link
 * org.wagerail.ops.home.Home} for places, {@link org.wagerail.ops.home.Database} for the database.
 */
@NullMarked
package org.wagerail.ops.home;

import org.jspecify.annotations.NullMarked;
