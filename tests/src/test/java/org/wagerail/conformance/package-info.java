/**
 * Whether our grammar says what the official schemas say. The schemas and samples lie outside the
 * project, in the folder that {@code WAGERAIL_ISO_DIR} names; without it these tests are skipped,
 * and with {@code WAGERAIL_REQUIRE_ISO=true} they fail.
 */
package org.wagerail.conformance;
