/** Whole days on the real engine and a real PostgreSQL. */
package org.wagerail.acceptance;
