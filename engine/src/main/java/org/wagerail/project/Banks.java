package org.wagerail.project;

import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The operating banks of this deployment. */
@Component
public final class Banks {
  /**
   * A bank.
   *
   * @param code 12-digit CNAPS code, also its clearing member identification
   */
  public record Bank(int bank, String code, String nameZh, String nameEn, String zone) {}

  private final JdbcClient jdbc;

  Banks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public List<Bank> all() {
    return jdbc.sql("SELECT bank, code, name_zh, name_en, zone FROM bank ORDER BY bank")
        .query(Bank.class)
        .list();
  }

  /**
   * @throws IllegalArgumentException when there is no such bank here
   */
  public Bank of(int bank) {
    return all().stream()
        .filter(b -> b.bank() == bank)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no bank " + bank));
  }

  /** The zone in which the bank's business days begin and end. */
  public ZoneId zone(int bank) {
    return ZoneId.of(of(bank).zone());
  }
}
