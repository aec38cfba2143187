package org.wagerail.trail;

/**
 * A document that was received or sent; its bytes are kept under their hash.
 *
 * @param received whether it came in; else it went out
 * @param month yyyymm of receipt or sending
 * @param number in that month's mailbox
 * @param name of its file
 * @param message what it is, for example pacs.008.001.08
 * @param id its own message identification, empty where the bytes alone have it
 * @param hash SHA-256 of the bytes, hexadecimal
 */
public record Document(
    boolean received,
    int month,
    long number,
    String name,
    String message,
    String id,
    String hash) {}
