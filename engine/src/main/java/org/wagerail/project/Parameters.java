package org.wagerail.project;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The door to dated parameters: limits, cut-offs, sizes and amounts that law or a bank sets. */
@Component
public final class Parameters {
  private final JdbcClient jdbc;

  Parameters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Reads the parameters that hold for a bank and region. The answer does not change while it is
   * used: read it once for a decision or a block, not once for a wage.
   *
   * @param region a region code of six digits, or '' where no region matters
   */
  public ParameterSet of(int bank, String region) {
    var province = region.length() == 6 ? region.substring(0, 2) + "0000" : "";
    var values = new HashMap<String, List<ParameterSet.Value>>();
    jdbc.sql(
            """
            SELECT name, from_date, value, bank, region FROM parameter
             WHERE bank IN (0, ?) AND region IN ('', ?, ?)
            """)
        .params(bank, province, region)
        .query(
            rows -> {
              var where = rows.getString("region");
              int distance =
                  (rows.getInt("bank") == 0 ? 3 : 0)
                      + (where.isEmpty() ? 2 : where.equals(region) ? 0 : 1);
              values
                  .computeIfAbsent(rows.getString("name"), _ -> new ArrayList<>())
                  .add(
                      new ParameterSet.Value(
                          distance,
                          rows.getObject("from_date", LocalDate.class),
                          rows.getString("value")));
            });
    return new ParameterSet(values);
  }
}
