package org.wagerail.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.wagerail.evidence.Register;

/** What others stated and every payday looks up, against the events that told of it. */
final class RegisterRules {
  private RegisterRules() {}

  /** What each register is by its rows now. */
  private static final String STANDING =
      Arrays.stream(Register.values())
          .map(
              register ->
                  "SELECT '%s' AS register, rows, high, low FROM (%s) AS t"
                      .formatted(
                          register.table(),
                          register.digest(
                              "(SELECT * FROM %s WHERE bank = :bank) AS own"
                                  .formatted(register.table()))))
          .collect(Collectors.joining(" UNION ALL "));

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "REGISTER_SEALED",
              "各登记簿的行数与摘要等于历次登记事件之和",
              "the rows of each register are as many and the same as events told of when they came",
              """
              SELECT register, coalesce(s.rows, 0) AS rows, coalesce(e.rows, 0) AS told
                FROM (%s) s
                FULL JOIN (
                  SELECT subject AS register, sum(told[1]) AS rows, sum(told[2]) AS high,
                         sum(told[3]) AS low
                    FROM (SELECT subject,
                                 CASE WHEN detail ~ '^-?[0-9]+ -?[0-9]+ -?[0-9]+$'
                                      THEN string_to_array(detail, ' ')::numeric[]
                                      ELSE ARRAY[0, 0, 0] END AS told
                            FROM event WHERE bank = :bank AND kind = '%s') t
                   GROUP BY subject) e USING (register)
               WHERE (s.rows, s.high, s.low) IS DISTINCT FROM (e.rows, e.high, e.low)
              """
                  .formatted(STANDING, Register.KIND)));
}
