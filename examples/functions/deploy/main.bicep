// What the tracker sends
]
