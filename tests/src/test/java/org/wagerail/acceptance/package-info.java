/** Whole days and worked cases on the real engine and a real PostgreSQL. */
package org.wagerail.acceptance;
