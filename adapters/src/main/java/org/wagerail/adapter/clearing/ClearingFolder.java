package org.wagerail.adapter.clearing;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wagerail.adapter.mail.WatchedFolder;
import org.wagerail.project.Banks;

/** Where clearing leaves its answers, returns and reports. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("wagerail.clearing.folder")
class ClearingFolder {
  @Bean
  WatchedFolder watchedAnswers(
      ClearingFiles files,
      Banks banks,
      Clock clock,
      @Value("${wagerail.clearing.folder}") String folder) {
    return new WatchedFolder(
        "answers", Path.of(folder), WatchedFolder::isMessage, files::receive, banks, clock);
  }
}
