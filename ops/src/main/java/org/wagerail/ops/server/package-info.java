/**
 * The web server beside the engine: who is let in, as whom, and under which bank's eyes their
 * statements run. Invariant: work for a request runs as a database role that owns nothing and sees
 * one bank, which the token names. Doors: {@link org.wagerail.ops.server.Rounds}, {@link
 * org.wagerail.ops.server.TokenIssuer}, {@link org.wagerail.ops.server.TenantDataSource}.
 */
@NullMarked
package org.wagerail.ops.server;

import org.jspecify.annotations.NullMarked;
