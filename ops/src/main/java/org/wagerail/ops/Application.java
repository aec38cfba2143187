package org.wagerail.ops;

import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;
import org.wagerail.secrecy.MasterKey;

/** What every context of Wagerail consists of, given the home it runs in. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@ComponentScan("org.wagerail")
class Application {
  // A bean, so that it closes after everything that uses it. Migrated before anyone sees it.
  @Bean
  Database database(Home home) {
    return Database.open(home, System.getenv(), System.err::println);
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.dataSource();
  }

  @Bean
  MasterKey masterKey(Home home) {
    return home.masterKey();
  }
}
