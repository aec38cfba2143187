package org.wagerail.adapter.core;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wagerail.adapter.mail.WatchedFolder;
import org.wagerail.project.Banks;

/** Where the core system leaves its notifications of credits. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("wagerail.core.folder")
class CoreFolder {
  @Bean
  WatchedFolder watchedAdvices(
      CoreFiles files, Banks banks, Clock clock, @Value("${wagerail.core.folder}") String folder) {
    return new WatchedFolder(
        "advices", Path.of(folder), WatchedFolder::isMessage, files::receive, banks, clock);
  }
}
