/* What answers of the mbo model are about. */
#ifndef MODELS_MBO_FRAME_H
#define MODELS_MBO_FRAME_H

#include "sim/core/frame.h"

extern const kea_frame mbo_frame;

#endif
