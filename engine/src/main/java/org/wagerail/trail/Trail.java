package org.wagerail.trail;

import java.util.List;

/**
 * Everything that happened to something.
 *
 * @param title what it is, and how it stands
 * @param steps in order
 */
public record Trail(Subject subject, Words title, List<Step> steps) {
  public Trail {
    steps = steps.stream().sorted(Step.ORDER).toList();
  }
}
