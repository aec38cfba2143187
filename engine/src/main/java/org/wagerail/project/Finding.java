package org.wagerail.project;

/**
 * Something wrong with reference data.
 *
 * @param file the file's name
 * @param row the line in the file, from 1; 0 for the file as a whole
 * @param column the header's word, or ''
 * @param code one word for a program
 * @param zh what is wrong, in Chinese
 * @param en the same in English; neither repeats personal data
 */
public record Finding(String file, long row, String column, String code, String zh, String en) {}
