package org.wagerail.adapter.contractor;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wagerail.adapter.mail.WatchedFolder;
import org.wagerail.project.Banks;

/** Where contractors leave payrolls, messages and sheets. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("wagerail.contractor.folder")
class PayrollFolder {
  @Bean
  WatchedFolder watchedPayrolls(
      PayrollFiles files,
      Banks banks,
      Clock clock,
      @Value("${wagerail.contractor.folder}") String folder) {
    return new WatchedFolder(
        "payrolls", Path.of(folder), PayrollFiles::isPayroll, files::receive, banks, clock);
  }
}
