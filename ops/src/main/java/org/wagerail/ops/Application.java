package org.wagerail.ops;

import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.server.TenantDataSource;
import org.wagerail.secrecy.MasterKey;
import org.wagerail.secrecy.Vault;

/** What every context of Wagerail consists of, given a home and its database. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {FlywayAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ComponentScan("org.wagerail")
class Application {
  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return new TenantDataSource(database.dataSource(), database::restDataSource);
  }

  @Bean
  MessageStore messageStore(Home home, Vault vault) {
    return new MessageStore(home.store(), vault.storeKey());
  }

  @Bean
  MasterKey masterKey(Home home) {
    return home.masterKey();
  }
}
