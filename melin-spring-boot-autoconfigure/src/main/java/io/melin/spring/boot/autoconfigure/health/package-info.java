/** The node as a component of Actuator's health; memory reads only, start at the contributor. */
@NullMarked
package io.melin.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
